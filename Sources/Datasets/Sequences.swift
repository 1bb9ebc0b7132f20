import GPT
import Support
import Tokenization

/// What happens to a document that is longer than the context.
public enum LongDocuments: String, Sendable, CaseIterable {
  /// Only its first tokens, as many as the context holds, are trained on: microgpt's recipe.
  case truncate
  /// It becomes windows of the context's length, each of which begins in the middle of the one before.
  case windows
}

/// How documents become sequences.
package enum Windowing {
  /// The beginning of each, as much as the context holds.
  case truncated
  /// Windows that overlap by half: the model meets most tokens twice, once with a longer past than the other time.
  case overlapping
  /// Windows of nearly the same length that cover each token once.
  case consecutive

  package init(_ longDocuments: LongDocuments) {
    switch longDocuments {
    case .truncate: self = .truncated
    case .windows: self = .overlapping
    }
  }

  /// How many sequences a document becomes that makes `length` predictions.
  package func count(of length: Int, context: Int) -> Int {
    guard length > context else { return 1 }
    return switch self {
    case .truncated: 1
    case .overlapping: 1 + (length - context + context / 2 - 1) / (context / 2)
    case .consecutive: (length + context - 1) / context
    }
  }

  /// Which predictions of such a document the sequence `index` of `count` makes.
  func range(_ index: Int, of count: Int, length: Int, context: Int) -> Range<Int> {
    switch self {
    case .truncated: return 0..<min(length, context)
    case .overlapping:
      let end = min(index * (context / 2) + context, length)
      return max(0, end - context)..<end
    case .consecutive: return length * index / count..<length * (index + 1) / count
    }
  }
}

/// The runs of tokens that a model learns from or is scored on, none longer than its context.
package struct Sequences: Sendable {
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
  package private(set) var predictionCount = 0
  package private(set) var documentCount = 0
  /// How many documents were longer than the context.
  package private(set) var longDocumentCount = 0
  /// How many UTF-8 bytes the documents have.
  package private(set) var byteCount = 0

  package var count: Int { runs.count }

  /// The sequences of the documents with these numbers, which ascend.
  package init(_ documents: [Int32], of corpus: EncodedCorpus, context: Int, _ windowing: Windowing) {
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
      append(from: start, length: Int(corpus.lengths[document]) + 1, context: context, windowing)
    }
  }

  /// Adds the sequences of the document whose first boundary stands at `start`, and which makes `length` predictions.
  private mutating func append(from start: Int, length: Int, context: Int, _ windowing: Windowing) {
    if length > context { longDocumentCount += 1 }
    let count = windowing.count(of: length, context: context)
    for index in 0..<count {
      let range = windowing.range(index, of: count, length: length, context: context)
      runs.append(Run(start: start + range.lowerBound, length: range.count))
      predictionCount += range.count
    }
  }

  /// Where the tokens of sequence `index` stand, from the first that is read to the last that is predicted.
  package func range(of index: Int) -> Range<Int> {
    let run = runs[index]
    return run.start..<run.start + run.length + 1
  }

  /// The tokens of sequence `index`, from the first that is read to the last that is predicted.
  package func tokens(_ index: Int) -> [Int32] {
    var batch = Batch()
    append([range(of: index)], to: &batch, weight: 1)
    return batch.inputs + batch.targets.suffix(1)
  }

  /// Adds to `batch` the sequences that stand at `ranges`, the predictions of each weighing `weight` together.
  package func append(_ ranges: [Range<Int>], to batch: inout Batch, weight: Float) {
    tokens.append(ranges, to: &batch, weight: weight)
  }
}
