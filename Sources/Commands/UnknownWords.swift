import Support
import SwiftletKit
import Tokenization

extension Model {
  /// The different pieces in quotation marks, each with the entry of the vocabulary that was probably meant:
  /// `“elefant” (did you mean “elephant”?)`.
  func quotedWithSuggestions(_ pieces: [String]) -> String {
    let words = tokenizer.vocabulary.indices.map { id in
      String(decoding: Array(copying: tokenizer.vocabulary[id]), as: UTF8.self)
    }
    var seen: Set<[UInt8]> = []
    return pieces.filter { seen.insert(Array($0.utf8)).inserted }.map { piece in
      [piece].quoted
        + (nearest(to: piece, among: words).map { " (did you mean “\($0.escapingInvisibles)”?)" } ?? "")
    }.joined(separator: " ")
  }
}
