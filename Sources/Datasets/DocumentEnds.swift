import GPT
import Tokenization

/// The part of each document that sequences are made of.
package enum DocumentPart: Sendable {
  case whole
  /// All but the end, of which the fraction is given.
  case beginning(withoutEnd: Double)
  case end(Double)

  /// The number of predictions below which a document has no end of its own, so that the end of one is no mere word.
  package static let leastLength = 1000

  /// Returns the predictions that belong to the part, of a document that has `length` of them.
  func range(of length: Int) -> Range<Int> {
    switch self {
    case .whole: 0..<length
    case .beginning(let share): 0..<Self.endStart(length, share)
    case .end(let share): Self.endStart(length, share)..<length
    }
  }

  private static func endStart(_ length: Int, _ share: Double) -> Int {
    length < leastLength ? length : length - Int(Double(length) * share)
  }
}

extension EncodedCorpus {
  /// The documents that are long enough to hold out their ends.
  package var documentsWithEnds: [Int32] {
    (0..<Int32(documentCount)).filter { Int(lengths[Int($0)]) + 1 >= DocumentPart.leastLength }
  }

  /// Returns the number of UTF-8 bytes of `part`, which is the end of document `index`, and its unknown text.
  func measure(_ part: [TokenID], endOf index: Int) -> (byteCount: Int, unknown: UnknownText) {
    let whole = unknownText(of: index)
    let pieces = part.count { $0 == tokenizer.unknown }
    // The text of unknown pieces is not kept, so that all of them count with their mean length.
    let bytes = whole.pieceCount == 0 ? 0 : whole.byteCount * pieces / whole.pieceCount
    return (tokenizer.decode(part).count, UnknownText(pieceCount: pieces, byteCount: bytes))
  }
}

extension Holdout {
  /// The fraction of a long document that is held out where there are too few documents; `nil` for none.
  package var endShare: Double? {
    switch self {
    case .automatic: 0.1
    case .fraction(let share): share > 0 && share < 1 ? share : nil
    case .none, .count, .separate: nil
    }
  }
}
