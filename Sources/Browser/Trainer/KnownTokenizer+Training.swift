import BytePairTokenization
import CharacterTokenization
import Datasets
import PlaygroundPage
import Tokenization
import WordTokenization

extension KnownTokenizer {
  private static let names = [CharacterTokenizer.name, WordTokenizer.name, BytePairTokenizer.name]

  /// Restores the tokenizer that a model file describes.
  init(_ description: TokenizerDescription) throws(TokenizerError) {
    switch description.name {
    case CharacterTokenizer.name: self = .character(try CharacterTokenizer(description))
    case WordTokenizer.name: self = .word(try WordTokenizer(description))
    case BytePairTokenizer.name: self = .bytePair(try BytePairTokenizer(description))
    case let name: throw .unknownTokenizer(name: name, remedy: suggestion(for: name, among: Self.names))
    }
  }

  /// Trains a tokenizer of the kind `name` with its default settings.
  init(_ name: String, training documents: Documents) throws(TokenizerError) {
    switch name {
    case CharacterTokenizer.name: self = .character(try CharacterTokenizer(training: documents))
    case WordTokenizer.name: self = .word(try WordTokenizer(training: documents))
    case BytePairTokenizer.name: self = .bytePair(try BytePairTokenizer(training: documents))
    default: throw .unknownTokenizer(name: name, remedy: suggestion(for: name, among: Self.names))
    }
  }

  func encoded(_ corpus: Corpus) throws(TokenizerError) -> EncodedCorpus {
    switch self {
    case .character(let tokenizer): try EncodedCorpus(corpus, with: tokenizer)
    case .word(let tokenizer): try EncodedCorpus(corpus, with: tokenizer)
    case .bytePair(let tokenizer): try EncodedCorpus(corpus, with: tokenizer)
    }
  }
}
