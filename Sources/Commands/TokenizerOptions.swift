import CommandOptions
import ModelFiles
import Support
import SwiftletKit
import Tokenization

/// The kind of tokenizer, and the settings of every kind in the registry.
struct TokenizerOptions: ParsableArguments {
  @Option(default: "character", help: "The kind of tokenizer; swiftlet tokenizers lists them.")
  var tokenizer: TokenizerName?

  @NamedOptions(TokenizerRegistry.standard.options) var settings

  /// True if the tokenizer or one of its settings was given.
  var areGiven: Bool { tokenizer != nil || !settings.isEmpty }

  /// The settings for the tokenizer `name`. Where they are not given, a portable one attaches spaces to words.
  func settings(of name: String, isPortable: Bool) throws(TokenizerError) -> [String: String] {
    let declared = try TokenizerRegistry.standard.kind(named: name).settings
    guard isPortable, declared.contains(where: { $0.name == "spaces" }) else { return settings }
    return settings.merging(["spaces": "attached"]) { given, _ in given }
  }
}

/// The name of a tokenizer in the registry.
struct TokenizerName: ExpressibleByArgument {
  let text: String

  init?(argument: String) {
    guard Self.allValueStrings.contains(argument) else { return nil }
    text = argument
  }

  var defaultValueDescription: String { text }
  static var allValueStrings: [String] { TokenizerRegistry.standard.kinds.map { $0.name } }
  static var valueName: String { "NAME" }
  static var expectation: String { "must be one of \(allValueStrings.joined(separator: ", "))" }
}

extension TokenizerRegistry {
  /// The settings of all kinds as options; a setting that several kinds share is one option.
  var options: [NamedOption] {
    var names: Set<String> = []
    return kinds.flatMap { $0.settings }.filter { names.insert($0.name).inserted }.map { setting in
      let owners = kinds.filter { kind in kind.settings.contains { $0.name == setting.name } }.map { $0.name }
      return setting.option(for: owners.count == kinds.count ? [] : owners)
    }
  }
}

extension TokenizerSetting {
  /// The setting as an option of the command line, whose help begins with the tokenizers that have it, if `kinds` names
  /// them.
  func option(for kinds: [String] = []) -> NamedOption {
    let scope = kinds.isEmpty ? "" : "[\(kinds.joined(separator: ", "))] "
    return NamedOption(
      name, namedValues, fallback: values == .flag || defaultValue.isEmpty ? nil : defaultValue, help: scope + help)
  }

  private var namedValues: NamedOption.Values {
    switch values {
    case .choice(let names): .choice(names)
    case .flag: .flag
    case .number(let least): .number(atLeast: least)
    case .text(let placeholder): .text(valueName: placeholder)
    }
  }
}
