import StrictJSON
import Support
import SwiftletKit
import Tokenization

extension Workload {
  /// Returns a workload that encodes about ten megabytes of English lines, with capitals, numbers, punctuation and
  /// typographic quotes, on one thread.
  static func tokenizing(_ name: String, by kind: String) -> Workload {
    Workload(name: name) { setting in
      let lines = try setting.texts.documents("sentences-punctuated.txt")
      var documents = Documents()
      while documents.byteCount < 10_000_000 {
        for line in 0..<lines.count { documents.append(lines[line].span) }
      }
      let tokenizer = try TokenizerRegistry.standard.train(kind, on: lines)
      var tokens = 0
      let seconds = try Measurement.median(of: setting.repeats) {
        try Measurement.seconds { tokens = try tokenizer.encode(documents).tokens.count }
      }
      return [
        "name": .string(name),
        "megabytesPerSecond": .rounded(Double(documents.byteCount) / seconds / 1e6),
        "tokensPerSecond": .rounded(Double(tokens) / seconds),
        "threads": 1,
      ]
    }
  }
}
