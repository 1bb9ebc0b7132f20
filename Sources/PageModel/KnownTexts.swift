import Tokenization

/// The training texts of a model in a page, each as the upper half of its hash: a new text is mistaken for one of them
/// with probability `count` / 2³².
package struct KnownTexts: Sendable, Equatable {
  /// The upper halves, ascending.
  private let halves: [UInt32]

  package init(_ documents: DocumentFingerprints) { halves = documents.upperHalves }

  package var count: Int { halves.count }

  /// Returns true if `text`, in normal form, is a training text.
  package func contains(_ text: Span<UInt8>) -> Bool {
    let half = UInt32(truncatingIfNeeded: DocumentFingerprints.hash(text) >> 32)
    var range = 0..<halves.count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      if halves[middle] == half { return true }
      range = halves[middle] < half ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return false
  }

  /// The code of the list, from which it can be restored.
  package var code: Code {
    let code = AscendingCode(halves)
    return Code(count: halves.count, bits: code.bits, bytes: code.bytes)
  }

  package struct Code: Sendable, Equatable {
    package var count: Int
    package var bits: Int
    package var bytes: [UInt8]

    package init(count: Int, bits: Int, bytes: [UInt8]) {
      self.count = count
      self.bits = bits
      self.bytes = bytes
    }
  }

  /// Returns `nil` if `code` is damaged.
  package init?(_ code: Code) {
    guard let halves = AscendingCode.numbers(code.count, bits: code.bits, in: code.bytes) else { return nil }
    self.halves = halves
  }
}
