import StrictJSON
import Support
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

  package var json: JSON {
    let code = AscendingCode(halves)
    return [
      "count": .integer(halves.count), "bits": .integer(code.bits),
      "gaps": .string(String(decoding: base64(code.bytes), as: UTF8.self)),
    ]
  }

  package init(_ json: JSON.Object) throws(JSONError) {
    let (count, bits) = (try json.integer("count") as Int, try json.integer("bits") as Int)
    guard let code = bytes(ofBase64: try json.string("gaps")),
      let halves = AscendingCode.numbers(count, bits: bits, in: code)
    else { throw JSONError("\"gaps\" does not encode \(count) numbers") }
    self.halves = halves
  }
}
