import BytePairTokenization
import CharacterTokenization
import Tokenization
import WordTokenization

/// One of the tokenizers of this project. Embedded Swift has no values of a protocol's type.
package enum KnownTokenizer: Sendable {
  case character(CharacterTokenizer)
  case word(WordTokenizer)
  case bytePair(BytePairTokenizer)

  package static let names = [CharacterTokenizer.name, WordTokenizer.name, BytePairTokenizer.name]

  /// Restores the tokenizer that a model file describes.
  package init(_ description: TokenizerDescription) throws(TokenizerError) {
    switch description.name {
    case CharacterTokenizer.name: self = .character(try CharacterTokenizer(description))
    case WordTokenizer.name: self = .word(try WordTokenizer(description))
    case BytePairTokenizer.name: self = .bytePair(try BytePairTokenizer(description))
    case let name: throw .unknownTokenizer(name: name, remedy: suggestion(for: name, among: Self.names))
    }
  }

  package func encode(_ text: String) throws(TokenizerError) -> [TokenID] {
    switch self {
    case .character(let tokenizer): try tokenizer.encode(text)
    case .word(let tokenizer): try tokenizer.encode(text)
    case .bytePair(let tokenizer): try tokenizer.encode(text)
    }
  }

  package func decode(_ tokens: [TokenID]) -> [UInt8] {
    switch self {
    case .character(let tokenizer): tokenizer.decode(tokens)
    case .word(let tokenizer): tokenizer.decode(tokens)
    case .bytePair(let tokenizer): tokenizer.decode(tokens)
    }
  }

  package var description: TokenizerDescription {
    switch self {
    case .character(let tokenizer): tokenizer.description
    case .word(let tokenizer): tokenizer.description
    case .bytePair(let tokenizer): tokenizer.description
    }
  }

  /// The tokens that are never sampled.
  package var unsampled: Set<TokenID> {
    switch self {
    case .character(let tokenizer): tokenizer.unsampled
    case .word(let tokenizer): tokenizer.unsampled
    case .bytePair(let tokenizer): tokenizer.unsampled
    }
  }

  /// The token of text outside the vocabulary, if there is one.
  var unknown: TokenID? {
    switch self {
    case .character(let tokenizer): tokenizer.unknown
    case .word(let tokenizer): tokenizer.unknown
    case .bytePair(let tokenizer): tokenizer.unknown
    }
  }

  /// Sentences about differences between this browser and the tool.
  var warnings: [String] {
    switch self {
    case .character(let tokenizer): tokenizer.warnings
    case .word(let tokenizer): tokenizer.warnings
    case .bytePair(let tokenizer): tokenizer.warnings
    }
  }

  /// Returns a token as text for people.
  func displayText(of token: TokenID) -> String {
    switch self {
    case .character(let tokenizer): tokenizer.displayText(of: token)
    case .word(let tokenizer): tokenizer.displayText(of: token)
    case .bytePair(let tokenizer): tokenizer.displayText(of: token)
    }
  }
}
