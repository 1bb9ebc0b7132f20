import Tokenization

/// A corpus in tokens: its documents end to end with the boundary before, between and after them.
public struct EncodedCorpus: Sendable {
  /// The boundary, then each document's tokens and the boundary again.
  let tokens: [TokenID]
  /// For each document, where the boundary before it stands in `tokens`; at last, where the final boundary stands.
  let boundaries: [Int]
  /// How many tokens there are besides boundaries.
  public var tokenCount: Int { tokens.count - boundaries.count }
  /// How many tokens stand for a piece outside the vocabulary.
  public let unknownCount: Int
  /// The size of the model's vocabulary: the tokenizer's and the boundary.
  public let vocabulary: Int
  /// Where each document ends in the corpus, in UTF-8 bytes.
  private let documentEnds: [Int]
  /// That of the corpus.
  public let fingerprint: String

  public var documentCount: Int { boundaries.count - 1 }

  public init(_ corpus: Corpus, with tokenizer: some Tokenizer) throws(TokenizerError) {
    let documents = corpus.documents
    fingerprint = corpus.fingerprint
    vocabulary = tokenizer.vocabulary.count + 1
    let boundary = TokenID(tokenizer.vocabulary.count)
    var tokens = [boundary]
    var boundaries = [0]
    boundaries.reserveCapacity(documents.count + 1)
    for index in 0..<documents.count {
      do {
        try tokenizer.encode(documents[index], into: &tokens)
      } catch {
        throw .inDocument(index, error)
      }
      boundaries.append(tokens.count)
      tokens.append(boundary)
    }
    self.tokens = tokens
    self.boundaries = boundaries
    unknownCount = tokenizer.unknown.map { unknown in tokens.count { $0 == unknown } } ?? 0
    documentEnds = documents.ends
  }

  /// How many tokens document `index` has, without boundaries.
  public func length(of index: Int) -> Int {
    boundaries[index + 1] - boundaries[index] - 1
  }

  /// How many UTF-8 bytes document `index` has.
  func byteCount(of index: Int) -> Int {
    documentEnds[index] - (index == 0 ? 0 : documentEnds[index - 1])
  }
}
