import CommandOptions
import SwiftletKit
import Terminal
import Tokenization

/// `swiftlet tokenizers`: the registry.
struct TokenizersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "List the tokenizers, what each is for and its options.")

  func run() throws {
    let kinds = TokenizerRegistry.standard.kinds.map { kind in
      let options = CommandTable.Section(title: kind.name, options: kind.settings.map { $0.option() })
      return "\(kind.name): \(kind.summary)\n\(options.text)\n"
    }
    try StandardStream.output.write(kinds.joined(separator: "\n"))
  }
}
