import Support
import SwiftletKit
import Terminal

extension Model {
  /// Warns on standard error if this machine may tokenize `prompt` differently, or if it has unknown tokens.
  func warn(about prompt: String?) throws {
    guard let prompt, !prompt.isEmpty else { return }
    for warning in tokenizer.warnings { try StandardStream.error.writeLine("swiftlet: \(warning)") }
    guard let unknown = tokenizer.unknown else { return }
    let count = try tokenizer.encodePrompt(prompt).tokens.count { $0 == unknown }
    if count > 0 {
      try StandardStream.error.writeLine(
        "swiftlet: “\(prompt)” has \(count.of("token")) that the model does not know; the model will continue as best it can."
      )
    }
  }
}
