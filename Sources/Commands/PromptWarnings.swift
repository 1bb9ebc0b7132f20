import Support
import SwiftletKit

extension Model {
  /// Sentences that say if this machine may tokenize `prompt` differently, and if it has unknown tokens.
  func sentences(about prompt: String?) throws -> [String] {
    guard let prompt, !prompt.isEmpty else { return [] }
    guard let unknown = tokenizer.unknown else { return tokenizer.warnings }
    let count = try tokenizer.encodePrompt(prompt).tokens.count { $0 == unknown }
    if count == 0 { return tokenizer.warnings }
    return tokenizer.warnings + [
      "“\(prompt)” has \(count.of("token")) that the model does not know; the model will continue as best it can."
    ]
  }
}
