import Architecture
import Tokenization

/// What happens to a document that is longer than the context.
public enum LongDocuments: String, Sendable, CaseIterable {
  /// Its beginning is learned from, the rest is not: microgpt's recipe.
  case cut
  /// It becomes consecutive windows of nearly the same length.
  case windows
}

/// The runs of tokens that a model learns from or is scored on, none longer than its context.
public struct Sequences: Sendable {
  /// Where in the corpus a sequence begins, and how many predictions it makes.
  private struct Run {
    private let packed: UInt64

    init(start: Int, length: Int) { packed = UInt64(start) << 18 | UInt64(length) }

    var start: Int { Int(packed >> 18) }
    var length: Int { Int(packed & (1 << 18 - 1)) }
  }

  private let tokens: PackedTokens
  private var runs: [Run] = []
  /// How many predictions all sequences make together.
  public private(set) var predictionCount = 0
  public private(set) var documentCount = 0
  /// How many documents were longer than the context.
  public private(set) var longDocumentCount = 0
  /// How many UTF-8 bytes the documents have.
  public private(set) var byteCount = 0

  public var count: Int { runs.count }

  /// The sequences of the documents with these numbers, which ascend.
  init(_ documents: [Int32], of corpus: EncodedCorpus, context: Int, longDocuments: LongDocuments) {
    tokens = corpus.tokens
    documentCount = documents.count
    runs.reserveCapacity(documents.count)
    var next = 0
    var start = 0
    for document in documents.lazy.map(Int.init) {
      while next < document {
        start += Int(corpus.lengths[next]) + 1
        next += 1
      }
      byteCount += corpus.byteCount(of: document)
      append(from: start, length: Int(corpus.lengths[document]) + 1, context: context, longDocuments)
    }
  }

  /// Adds the windows of the document whose first boundary stands at `start`, and which makes `length` predictions.
  private mutating func append(from start: Int, length: Int, context: Int, _ longDocuments: LongDocuments) {
    if length > context { longDocumentCount += 1 }
    let windows = longDocuments == .cut ? 1 : (length + context - 1) / context
    for window in 0..<windows {
      let begin = length * window / windows
      let end = min(length * (window + 1) / windows, begin + context)
      runs.append(Run(start: start + begin, length: end - begin))
      predictionCount += end - begin
    }
  }

  /// How many predictions sequence `index` makes.
  func length(of index: Int) -> Int { runs[index].length }

  /// Adds to `batch` those sequences whose numbers `index` gives for `positions`, the predictions of each weighing `weight` together.
  func append(
    _ positions: Range<Int>, to batch: inout Batch, weight: Float, index: (_ position: Int) -> Int = { $0 }
  ) {
    for position in positions {
      let run = runs[index(position)]
      tokens.append(run.start..<run.start + run.length + 1, to: &batch, weight: weight)
    }
  }
}
