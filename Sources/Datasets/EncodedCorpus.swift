import Support
import Tokenization

/// A corpus in tokens: its documents end to end, with the boundary before, between and after them.
///
/// It does not keep the text.
package struct EncodedCorpus: Sendable {
  package let tokenizer: AnyTokenizer
  /// The fingerprints of its documents.
  package let documents: DocumentFingerprints
  /// The size of the model's vocabulary: the tokenizer's, and the boundary, which is the last.
  package let vocabulary: Int
  /// The number of tokens without boundaries.
  package let tokenCount: Int
  /// The fingerprint of the corpus.
  package let fingerprint: String
  let tokens: PackedTokens
  /// The number of tokens in each document, without boundaries.
  package let lengths: [UInt32]
  /// The number of UTF-8 bytes in each document.
  private let byteCounts: [UInt32]
  /// The unknown text of each document; empty if the tokenizer has no unknown token.
  private let unknown: [UnknownText]
  private let duplicates: Duplicates

  package var documentCount: Int { lengths.count }
  /// The number of UTF-8 bytes in all documents.
  package let byteCount: Int

  /// Encodes `corpus` on `threads` threads.
  ///
  /// If the caller gives up the corpus (`consume corpus`), its text is freed as it is encoded, and memory never holds
  /// all of the text and all of the tokens.
  package init(
    _ corpus: consuming Corpus, with tokenizer: some Tokenizer, threads: Int = 1
  ) throws(TokenizerError) {
    let (duplicates, fingerprint, places) = (corpus.duplicates, corpus.fingerprint, corpus.places)
    let documents = corpus.takeDocuments()
    let byteCount = documents.byteCount
    let empty = Joined(documents, duplicates, vocabulary: tokenizer.vocabulary.count + 1)
    let joined: Joined
    do throws(TokenizerError) {
      joined = try documents.mapReduce(into: empty, threads: threads) { chunk throws(TokenizerError) in
        try Part(chunk, duplicates, with: tokenizer)
      } combine: {
        $0.append($1)
      }
    } catch {
      throw places.located(error)
    }
    self.tokenizer = tokenizer.erased
    self.documents = DocumentFingerprints(unsorted: joined.hashes)
    vocabulary = tokenizer.vocabulary.count + 1
    tokens = joined.tokens
    lengths = joined.lengths
    byteCounts = joined.byteCounts
    unknown = joined.unknown
    tokenCount = tokens.count - lengths.count - 1
    self.fingerprint = fingerprint
    self.byteCount = byteCount
    self.duplicates = duplicates
  }

  /// Returns the number of UTF-8 bytes in document `index`.
  func byteCount(of index: Int) -> Int { Int(byteCounts[index]) }

  /// Returns the unknown text of document `index`.
  func unknownText(of index: Int) -> UnknownText { unknown.isEmpty ? UnknownText() : unknown[index] }

  /// Returns the number of occurrences of each token. The boundary, which is the last, ends every document.
  package func tokenCounts() -> [Int] {
    var counts = Array(repeating: 0, count: vocabulary)
    tokens.count(into: &counts)
    counts[vocabulary - 1] = documentCount
    return counts
  }

  /// Splits the documents into training and held-out documents. No text is in both.
  package func split(_ holdout: Holdout, seed: UInt64) -> Split {
    Split(duplicates, holdout, seed: seed)
  }

  /// Some of the documents in tokens.
  private struct Part: Sendable {
    /// The tokens of each document, and a boundary after them.
    var tokens: PackedTokens
    var lengths: [UInt32] = []
    let byteCounts: [UInt32]
    let unknown: [UnknownText]
    /// The hashes of the documents that repeat no earlier one, in ascending order, so that those of all parts are fast
    /// to sort.
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
      unknown = encoded.unknown
    }
  }

  /// The parts, joined one after the other.
  private struct Joined: Sendable {
    var tokens: PackedTokens
    var lengths: [UInt32] = []
    var byteCounts: [UInt32] = []
    var unknown: [UnknownText] = []
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
      unknown += part.unknown
      hashes += part.hashes
    }

    /// Reserves memory for all tokens: for one per byte where a token is a byte, since unused memory costs nothing, and
    /// otherwise for an estimate from the first documents.
    private mutating func begin(judgingBy part: Part) {
      let most = byteCount + documentCount
      let share = 1.02 * Double(byteCount) / Double(max(1, part.byteCounts.reduce(0) { $0 + Int($1) }))
      let estimate = min(most, Int(Double(part.tokens.count) * share))
      tokens.reserve((tokens.areBytes ? most : estimate) + 1)
      tokens.append(boundary)
    }
  }
}
