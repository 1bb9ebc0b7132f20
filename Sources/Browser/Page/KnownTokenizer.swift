import BytePairTokenization
import CharacterTokenization
import Datasets
import Tokenization
import WordTokenization

/// One of the tokenizers of this project. Embedded Swift has no values of a protocol's type.
enum KnownTokenizer: Sendable {
  case character(CharacterTokenizer)
  case word(WordTokenizer)
  case bytePair(BytePairTokenizer)

  private static let names = [CharacterTokenizer.name, WordTokenizer.name, BytePairTokenizer.name]

  /// Trains a tokenizer of the kind `name` with its default settings.
  init(_ name: String, training documents: Documents) throws(TokenizerError) {
    switch name {
    case CharacterTokenizer.name: self = .character(try CharacterTokenizer(training: documents))
    case WordTokenizer.name: self = .word(try WordTokenizer(training: documents))
    case BytePairTokenizer.name: self = .bytePair(try BytePairTokenizer(training: documents))
    default: throw .unknownTokenizer(name: name, remedy: suggestion(for: name, among: Self.names))
    }
  }

  /// Restores the tokenizer that a model file describes.
  init(_ description: TokenizerDescription) throws(TokenizerError) {
    switch description.name {
    case CharacterTokenizer.name: self = .character(try CharacterTokenizer(description))
    case WordTokenizer.name: self = .word(try WordTokenizer(description))
    case BytePairTokenizer.name: self = .bytePair(try BytePairTokenizer(description))
    case let name: throw .unknownTokenizer(name: name, remedy: suggestion(for: name, among: Self.names))
    }
  }

  func encoded(_ corpus: Corpus) throws(TokenizerError) -> EncodedCorpus {
    switch self {
    case .character(let tokenizer): try EncodedCorpus(corpus, with: tokenizer)
    case .word(let tokenizer): try EncodedCorpus(corpus, with: tokenizer)
    case .bytePair(let tokenizer): try EncodedCorpus(corpus, with: tokenizer)
    }
  }

  func encode(_ text: String) throws(TokenizerError) -> [TokenID] {
    switch self {
    case .character(let tokenizer): try tokenizer.encode(text)
    case .word(let tokenizer): try tokenizer.encode(text)
    case .bytePair(let tokenizer): try tokenizer.encode(text)
    }
  }

  func normalized(_ text: String) throws(TokenizerError) -> String {
    switch self {
    case .character(let tokenizer): try tokenizer.normalized(text)
    case .word(let tokenizer): try tokenizer.normalized(text)
    case .bytePair(let tokenizer): try tokenizer.normalized(text)
    }
  }

  func decode(_ tokens: [TokenID]) -> [UInt8] {
    switch self {
    case .character(let tokenizer): tokenizer.decode(tokens)
    case .word(let tokenizer): tokenizer.decode(tokens)
    case .bytePair(let tokenizer): tokenizer.decode(tokens)
    }
  }

  var description: TokenizerDescription {
    switch self {
    case .character(let tokenizer): tokenizer.description
    case .word(let tokenizer): tokenizer.description
    case .bytePair(let tokenizer): tokenizer.description
    }
  }

  /// The tokens that are never sampled.
  var unsampled: Set<TokenID> {
    switch self {
    case .character(let tokenizer): tokenizer.unsampled
    case .word(let tokenizer): tokenizer.unsampled
    case .bytePair(let tokenizer): tokenizer.unsampled
    }
  }
}
