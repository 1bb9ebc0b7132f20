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
  /// Where each document ends in the corpus, in UTF-8 bytes.
  private let byteEnds: [Int]
  private let duplicates: Duplicates

  public var documentCount: Int { lengths.count }
  /// How many UTF-8 bytes the documents have.
  public var byteCount: Int { byteEnds.last ?? 0 }

  /// Encodes `corpus` on `threads` threads. `progress` hears now and then how many bytes are done.
  public init(
    _ corpus: Corpus, with tokenizer: some Tokenizer, threads: Int = 1, progress: (@Sendable (Int) -> Void)? = nil
  ) throws(TokenizerError) {
    let joined = try tokenizer.encode(
      corpus.documents, threads: threads, into: Joined(vocabulary: tokenizer.vocabulary.count + 1), progress: progress
    ) { joined, block in
      if joined.lengths.isEmpty { joined.reserve(for: corpus.documents, block) }
      joined.append(block)
    }
    self.tokenizer = tokenizer
    documents = try DocumentFingerprints(corpus.documents, normalizedBy: tokenizer)
    vocabulary = tokenizer.vocabulary.count + 1
    tokens = joined.tokens
    lengths = joined.lengths
    tokenCount = tokens.count - lengths.count - 1
    unknownCount = joined.unknownCount
    fingerprint = corpus.fingerprint
    byteEnds = corpus.documents.ends
    duplicates = corpus.duplicates
  }

  /// How many UTF-8 bytes document `index` has.
  func byteCount(of index: Int) -> Int {
    byteEnds[index] - (index == 0 ? 0 : byteEnds[index - 1])
  }

  /// Divides the documents into those to learn from and those to be scored on; no text is in both.
  package func split(_ wish: HeldOut, seed: UInt64) -> Split {
    Split(duplicates, wish, seed: seed)
  }

  /// What grows while the blocks come in.
  private struct Joined: Sendable {
    var tokens: PackedTokens
    var lengths: [UInt32] = []
    var unknownCount = 0
    private let boundary: [TokenID]

    init(vocabulary: Int) {
      tokens = PackedTokens(vocabulary: vocabulary)
      let boundary = [TokenID(vocabulary - 1)]
      tokens.append(boundary.span)
      self.boundary = boundary
    }

    mutating func append(_ block: EncodedDocuments) {
      let boundary = boundary
      for index in 0..<block.count {
        tokens.append(block[index])
        tokens.append(boundary.span)
        lengths.append(UInt32(block[index].count))
      }
      unknownCount += block.unknownCount
    }

    /// Makes room for all of `documents`, judging by the first of them.
    mutating func reserve(for documents: Documents, _ first: EncodedDocuments) {
      let share = Double(documents.bytes.count) / Double(max(1, documents.ends[first.count - 1]))
      lengths.reserveCapacity(documents.count)
      let limit = Double(2 * documents.bytes.count)
      tokens.reserve(Int(min(limit, Double(first.tokens.count) * share * 1.02)) + documents.count + 1)
    }
  }
}
