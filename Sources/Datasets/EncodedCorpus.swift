import Support
import Tokenization

/// A corpus in tokens: its documents end to end with the boundary before, between and after them.
///
/// Of the corpus it keeps what training needs, which is not the text: that may go.
package struct EncodedCorpus: Sendable {
  /// What encoded it.
  package let tokenizer: any Tokenizer
  /// Which texts stand in it.
  package let documents: DocumentFingerprints
  /// The size of the model's vocabulary: the tokenizer's and the boundary, which is the last.
  package let vocabulary: Int
  /// How many tokens there are besides boundaries.
  package let tokenCount: Int
  /// That of the corpus.
  package let fingerprint: String
  let tokens: PackedTokens
  /// How many tokens each document has, without boundaries.
  package let lengths: [UInt32]
  /// How many UTF-8 bytes each document has.
  private let byteCounts: [UInt32]
  private let duplicates: Duplicates

  package var documentCount: Int { lengths.count }
  /// How many UTF-8 bytes the documents have.
  package let byteCount: Int

  /// Encodes `corpus` on `threads` threads.
  ///
  /// When the caller has given up the corpus (`consume corpus`), its text goes as the tokens come, and never stands beside all of them.
  package init(
    _ corpus: consuming Corpus, with tokenizer: some Tokenizer, threads: Int = 1
  ) throws(TokenizerError) {
    let (duplicates, fingerprint) = (corpus.duplicates, corpus.fingerprint)
    let documents = corpus.takeDocuments()
    let byteCount = documents.byteCount
    let empty = Joined(documents, duplicates, vocabulary: tokenizer.vocabulary.count + 1)
    let joined = try documents.mapReduce(into: empty, threads: threads) { chunk throws(TokenizerError) in
      try Part(chunk, duplicates, with: tokenizer)
    } combine: {
      $0.append($1)
    }
    self.tokenizer = tokenizer
    self.documents = DocumentFingerprints(unsorted: joined.hashes)
    vocabulary = tokenizer.vocabulary.count + 1
    tokens = joined.tokens
    lengths = joined.lengths
    byteCounts = joined.byteCounts
    tokenCount = tokens.count - lengths.count - 1
    self.fingerprint = fingerprint
    self.byteCount = byteCount
    self.duplicates = duplicates
  }

  /// How many UTF-8 bytes document `index` has.
  func byteCount(of index: Int) -> Int { Int(byteCounts[index]) }

  /// Divides the documents into those to learn from and those to be scored on; no text is in both.
  package func split(_ holdout: Holdout, seed: UInt64) -> Split {
    Split(duplicates, holdout, seed: seed)
  }

  /// What becomes of some of the documents.
  private struct Part: Sendable {
    /// Of each document, and a boundary behind them.
    var tokens: PackedTokens
    var lengths: [UInt32] = []
    let byteCounts: [UInt32]
    /// Of each text but those that repeat an earlier one; they ascend, so that sorting those of all parts is only merging them.
    let hashes: [Int64]

    init(_ chunk: DocumentChunk, _ duplicates: Duplicates, with tokenizer: some Tokenizer) throws(TokenizerError) {
      let boundary = TokenID(tokenizer.vocabulary.count)
      var hashes: [Int64] = []
      hashes.reserveCapacity(chunk.count)
      var document = chunk.first
      let encoded = try EncodedDocuments(chunk, with: tokenizer) { text in
        if duplicates.first[document] == document { hashes.append(DocumentFingerprints.hash(text)) }
        document += 1
      }
      hashes.sort()
      self.hashes = hashes
      tokens = PackedTokens(vocabulary: tokenizer.vocabulary.count + 1)
      tokens.reserve(encoded.tokens.count + encoded.count)
      lengths.reserveCapacity(encoded.count)
      for index in 0..<encoded.count {
        tokens.append(encoded[index])
        tokens.append(boundary)
        lengths.append(UInt32(encoded[index].count))
      }
      byteCounts = chunk.byteCounts
    }
  }

  /// What grows while the parts come in.
  private struct Joined: Sendable {
    var tokens: PackedTokens
    var lengths: [UInt32] = []
    var byteCounts: [UInt32] = []
    var hashes: [Int64] = []
    private let boundary: TokenID
    private let byteCount: Int
    private let documentCount: Int

    init(_ documents: Documents, _ duplicates: Duplicates, vocabulary: Int) {
      tokens = PackedTokens(vocabulary: vocabulary)
      byteCount = documents.byteCount
      documentCount = documents.count
      boundary = TokenID(vocabulary - 1)
      lengths.reserveCapacity(documentCount)
      byteCounts.reserveCapacity(documentCount)
      hashes.reserveCapacity(documentCount - duplicates.count)
    }

    mutating func append(_ part: Part) {
      if lengths.isEmpty { begin(judgingBy: part) }
      tokens.append(part.tokens)
      lengths += part.lengths
      byteCounts += part.byteCounts
      hashes += part.hashes
    }

    /// Makes room for all tokens: where they are as small as bytes, for one of each byte, since what is not used costs nothing; otherwise
    /// for as many as the first documents suggest.
    private mutating func begin(judgingBy part: Part) {
      let most = byteCount + documentCount
      let share = 1.02 * Double(byteCount) / Double(max(1, part.byteCounts.reduce(0) { $0 + Int($1) }))
      let estimate = min(most, Int(Double(part.tokens.count) * share))
      tokens.reserve((tokens.areBytes ? most : estimate) + 1)
      tokens.append(boundary)
    }
  }
}
