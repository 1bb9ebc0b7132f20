import Support
import SwiftletKit
import Terminal

extension Model {
  /// Says on standard error what to know before this model reads text: that its tokenizer may cut it otherwise here, or that it
  /// has words that the model does not know.
  func noteReading(_ text: String?) throws {
    guard let text, !text.isEmpty else { return }
    for warning in tokenizer.warnings { try StandardStream.error.writeLine("swiftlet: \(warning)") }
    guard let unknown = tokenizer.unknown else { return }
    let count = try tokenizer.encode(text).count { $0 == unknown }
    if count > 0 {
      try StandardStream.error.writeLine(
        "swiftlet: “\(text)” has \(count.of("token")) unknown to the model, which reads on as well as it can.")
    }
  }
}
