import CommandOptions
import SwiftletKit
import Terminal
import Tokenization

/// `swiftlet tokenizers`: lists the tokenizers of the registry.
struct TokenizersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "List the tokenizers with their purposes and options.")

  func run() throws {
    let kinds = TokenizerRegistry.standard.kinds.map { kind in
      let options = CommandTable.Section(title: kind.name, options: kind.settings.map { $0.option() })
      return "\(kind.name): \(kind.summary)\n\(options.text)\n"
    }
    try StandardStream.output.write(kinds.joined(separator: "\n"))
  }
}
