import BytePairTokenization
import CharacterTokenization
import PageModel
import Tokenization
import WordTokenization

/// One of the tokenizers of this project. Embedded Swift has no values of a protocol's type.
package enum KnownTokenizer: Sendable {
  case character(CharacterTokenizer)
  case word(WordTokenizer)
  case bytePair(BytePairTokenizer)

  /// Restores the tokenizer that a page has inside.
  init(_ contents: PageContents.Tokenizer) throws(TokenizerError) {
    func settings(_ declared: [TokenizerSetting]) -> TokenizerSettings {
      TokenizerSettings(checked: contents.settings, declared: declared)
    }
    if isEqual(contents.name, CharacterTokenizer.name) {
      self = .character(CharacterTokenizer(settings(CharacterTokenizer.settings), contents.vocabulary))
    } else if isEqual(contents.name, BytePairTokenizer.name) {
      self = .bytePair(BytePairTokenizer(settings(BytePairTokenizer.settings), contents.vocabulary))
    } else {
      self = .word(
        try WordTokenizer(
          settings(WordTokenizer.settings + WordTokenizer.storedSettings), contents.vocabulary,
          version: contents.version))
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
