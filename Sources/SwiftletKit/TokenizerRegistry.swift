import BytePairTokenization
import CharacterTokenization
import Tokenization
import WordTokenization

/// The kinds of tokenizers that a program can use by name.
public struct TokenizerRegistry: Sendable {
  /// The kinds, in the order in which a list shows them.
  public let kinds: [any Tokenizer.Type]

  /// The tokenizers of this package. A new one is a folder under `tokenizers/` and a line here.
  public static let standard = TokenizerRegistry(kinds: [
    CharacterTokenizer.self,
    WordTokenizer.self,
    BytePairTokenizer.self,
  ])

  /// A registry of these kinds.
  public init(kinds: [any Tokenizer.Type]) {
    self.kinds = kinds
  }

  /// Returns the kind of that name.
  public func kind(named name: String) throws(TokenizerError) -> any Tokenizer.Type {
    guard let kind = kinds.first(where: { $0.name == name }) else {
      throw .unknownTokenizer(name: name, remedy: suggestion(for: name, among: kinds.map { $0.name }))
    }
    return kind
  }

  /// Trains a tokenizer of the kind `name`. Settings that are not given have their default values.
  public func train(
    _ name: String, on documents: Documents, settings: [String: String] = [:]
  ) throws(TokenizerError) -> any Tokenizer {
    try kind(named: name).init(training: documents, settings: settings)
  }

  /// Restores the tokenizer that a model file describes. An unknown name or setting is a defect of the file.
  public func restore(_ description: TokenizerDescription) throws(TokenizerError) -> any Tokenizer {
    do {
      return try kind(named: description.name).init(description)
    } catch {
      switch error {
      case .badSetting, .unknownSetting, .unknownTokenizer:
        throw .badDescription("this model's tokenizer cannot be used: \(error)")
      default: throw error
      }
    }
  }
}
