import LanguageModel
import Tokenization

/// A corpus in tokens: its documents end to end with the boundary before, between and after them.
///
/// Of the corpus it keeps what training needs, which is not the text: that may go.
public struct EncodedCorpus: Sendable {
  /// What encoded it.
  public let tokenizer: any Tokenizer
  /// Which texts stand in it.
  public let documents: DocumentFingerprints
  /// The size of the model's vocabulary: the tokenizer's and the boundary, which is the last.
  public let vocabulary: Int
  /// How many tokens there are besides boundaries.
  public let tokenCount: Int
  /// How many of them stand for a piece outside the vocabulary.
  public let unknownCount: Int
  /// That of the corpus.
  public let fingerprint: String
  let tokens: PackedTokens
  /// How many tokens each document has, without boundaries.
  let lengths: [UInt32]
  /// How many UTF-8 bytes each document has.
  private let byteCounts: [UInt32]
  private let duplicates: Duplicates

  public var documentCount: Int { lengths.count }
  /// How many UTF-8 bytes the documents have.
  public let byteCount: Int

  /// Encodes `corpus` on `threads` threads. `progress` hears now and then how many bytes are done.
  ///
  /// When the caller has given up the corpus (`consume corpus`), its text goes as the tokens come, and never stands beside all of them.
  public init(
    _ corpus: consuming Corpus, with tokenizer: some Tokenizer, threads: Int = 1,
    progress: (@Sendable (Int) -> Void)? = nil
  ) throws(TokenizerError) {
    let (duplicates, fingerprint) = (corpus.duplicates, corpus.fingerprint)
    let documents = corpus.takeDocuments()
    let byteCount = documents.byteCount
    let empty = Joined(documents, duplicates, vocabulary: tokenizer.vocabulary.count + 1)
    let joined = try documents.gather(into: empty, threads: threads, progress: progress) {
      piece throws(TokenizerError) in
      Part(
        encoded: try EncodedDocuments(piece, with: tokenizer),
        hashes: try DocumentFingerprints.hashes(of: piece, normalizedBy: tokenizer),
        byteCounts: piece.byteCounts)
    } join: {
      $0.append($1)
    }
    self.tokenizer = tokenizer
    self.documents = DocumentFingerprints(unsorted: joined.hashes)
    vocabulary = tokenizer.vocabulary.count + 1
    tokens = joined.tokens
    lengths = joined.lengths
    byteCounts = joined.byteCounts
    tokenCount = tokens.count - lengths.count - 1
    unknownCount = joined.unknownCount
    self.fingerprint = fingerprint
    self.byteCount = byteCount
    self.duplicates = duplicates
  }

  /// How many UTF-8 bytes document `index` has.
  func byteCount(of index: Int) -> Int { Int(byteCounts[index]) }

  /// Divides the documents into those to learn from and those to be scored on; no text is in both.
  package func split(_ wish: HeldOut, seed: UInt64) -> Split {
    Split(duplicates, wish, seed: seed)
  }

  /// What becomes of some of the documents.
  private struct Part: Sendable {
    var encoded: EncodedDocuments
    var hashes: [Int64]
    var byteCounts: [UInt32]
  }

  /// What grows while the parts come in.
  private struct Joined: Sendable {
    var tokens: PackedTokens
    var lengths: [UInt32] = []
    var byteCounts: [UInt32] = []
    /// Of each text but those that repeat an earlier one.
    var hashes: [Int64] = []
    var unknownCount = 0
    private let boundary: [TokenID]
    private let byteCount: Int
    private let documentCount: Int
    private let duplicates: Duplicates

    init(_ documents: Documents, _ duplicates: Duplicates, vocabulary: Int) {
      tokens = PackedTokens(vocabulary: vocabulary)
      byteCount = documents.byteCount
      documentCount = documents.count
      self.duplicates = duplicates
      lengths.reserveCapacity(documentCount)
      byteCounts.reserveCapacity(documentCount)
      hashes.reserveCapacity(documentCount - duplicates.count)
      boundary = [TokenID(vocabulary - 1)]
    }

    mutating func append(_ part: Part) {
      if lengths.isEmpty { begin(judgingBy: part) }
      let boundary = boundary
      for index in 0..<part.encoded.count {
        tokens.append(part.encoded[index])
        tokens.append(boundary.span)
        lengths.append(UInt32(part.encoded[index].count))
      }
      for (document, hash) in zip(byteCounts.count..., part.hashes) where duplicates.first[document] == document {
        hashes.append(hash)
      }
      byteCounts += part.byteCounts
      unknownCount += part.encoded.unknownCount
    }

    /// Makes room for all tokens: where they are as small as bytes, for one of each byte, since what is not used costs nothing; otherwise
    /// for as many as the first documents suggest.
    private mutating func begin(judgingBy part: Part) {
      let share = 1.02 * Double(byteCount) / Double(max(1, part.byteCounts.reduce(0) { $0 + Int($1) }))
      let estimate = min(Double(byteCount), Double(part.encoded.tokens.count) * share)
      tokens.reserve((tokens.areBytes ? byteCount : Int(estimate)) + documentCount + 1)
      let boundary = boundary
      tokens.append(boundary.span)
    }
  }
}
