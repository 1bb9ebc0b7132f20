import GPT
import Support
import Tokenization

/// The treatment of documents that are longer than the context.
public enum LongDocuments: String, Sendable, CaseIterable {
  /// Only its first tokens, as many as the context holds, are trained on: microgpt's recipe.
  case truncate
  /// They become windows of the context's length that overlap by half. In training, all but a document's
  /// first and last begin a little earlier or later in every epoch.
  case windows
}

/// The division of documents into sequences.
package enum Windowing {
  /// The first tokens of each document, as many as the context holds.
  case truncated
  /// Windows that overlap by half: most tokens occur twice, with a shorter and a longer past.
  case overlapping

  package init(_ longDocuments: LongDocuments) {
    switch longDocuments {
    case .truncate: self = .truncated
    case .windows: self = .overlapping
    }
  }

  /// Returns the number of sequences of a document with `length` predictions.
  package func count(of length: Int, context: Int) -> Int {
    guard length > context else { return 1 }
    return switch self {
    case .truncated: 1
    case .overlapping: 1 + (length - context + context / 2 - 1) / (context / 2)
    }
  }

  /// Returns the predictions of such a document that sequence `index` makes.
  func range(_ index: Int, length: Int, context: Int) -> Range<Int> {
    switch self {
    case .truncated: return 0..<min(length, context)
    case .overlapping:
      let end = min(index * (context / 2) + context, length)
      return max(0, end - context)..<end
    }
  }
}

/// The sequences that a model is trained or scored on, none longer than its context.
package struct Sequences: Sendable {
  /// The position of a sequence in the corpus, and its number of predictions, below 2¹⁸.
  private struct Location {
    private let packed: UInt64

    init(start: Int, length: Int) { packed = UInt64(start) << 18 | UInt64(length) }

    var start: Int { Int(packed >> 18) }
    var length: Int { Int(packed & (1 << 18 - 1)) }
  }

  private let tokens: PackedTokens
  private var locations: [Location] = []
  /// The number of predictions of all sequences. One that two windows make counts once.
  package private(set) var predictionCount = 0
  /// The same, where one that two windows make counts twice.
  private var totalLength = 0
  package private(set) var documentCount = 0
  /// The number of documents longer than the context.
  package private(set) var longDocumentCount = 0
  /// The number of UTF-8 bytes in the documents.
  package private(set) var byteCount = 0
  /// The text of the documents that has no tokens of its own.
  package private(set) var unknown = UnknownText()

  package var count: Int { locations.count }

  /// The mean number of predictions of a sequence.
  package var meanLength: Double { Double(totalLength) / Double(max(1, count)) }

  /// - Parameters:
  ///   - documents: The numbers of the documents in `corpus`, in ascending order.
  ///   - part: The part of each document; documents without such a part must not be among them.
  package init(
    _ documents: [Int32], of corpus: EncodedCorpus, context: Int, _ windowing: Windowing, _ part: DocumentPart = .whole
  ) {
    tokens = corpus.tokens
    documentCount = documents.count
    locations.reserveCapacity(documents.count)
    var next = 0
    var start = 0
    for document in documents.lazy.map(Int.init) {
      while next < document {
        start += Int(corpus.lengths[next]) + 1
        next += 1
      }
      let range = part.range(of: Int(corpus.lengths[document]) + 1)
      if case .end = part {
        // The last prediction is the boundary, which has no text.
        let tokens = targets(start + range.lowerBound..<start + range.upperBound - 1)
        let end = corpus.measure(tokens, endOf: document)
        byteCount += end.byteCount
        unknown += end.unknown
      } else {
        byteCount += corpus.byteCount(of: document)
        unknown += corpus.unknownText(of: document)
      }
      append(from: start + range.lowerBound, length: range.count, context: context, windowing)
    }
  }

  /// Returns the tokens after each of `positions`.
  private func targets(_ positions: Range<Int>) -> [TokenID] {
    var batch = Batch()
    tokens.append([positions.lowerBound..<positions.upperBound + 1], to: &batch, weight: 1)
    return batch.targets
  }

  /// Appends the sequences of a document with `length` predictions, whose first boundary is at `start`.
  private mutating func append(from start: Int, length: Int, context: Int, _ windowing: Windowing) {
    if length > context { longDocumentCount += 1 }
    let count = windowing.count(of: length, context: context)
    for index in 0..<count {
      let range = windowing.range(index, length: length, context: context)
      locations.append(Location(start: start + range.lowerBound, length: range.count))
      totalLength += range.count
      predictionCount += range.count - repetitions(in: locations.count - 1)
    }
  }

  /// Returns the number of predictions at the start of sequence `index` that the sequence before makes too, from more
  /// tokens.
  package func repetitions(in index: Int) -> Int {
    guard index > 0 else { return 0 }
    let before = locations[index - 1]
    return max(0, before.start + before.length - locations[index].start)
  }

  /// Returns the positions of sequence `index`, from the first input to the last target.
  package func range(of index: Int) -> Range<Int> {
    let location = locations[index]
    return location.start..<location.start + location.length + 1
  }

  /// Returns the positions of sequence `index`, moved at random by up to a quarter of a window. A document's first and
  /// last window stay, so that its beginning and its end are trained on in every epoch.
  package func range(of index: Int, movedBy random: inout RandomSource) -> Range<Int> {
    let range = range(of: index)
    guard index + 1 < count, repetitions(in: index) > 0, repetitions(in: index + 1) > 0 else { return range }
    let limit = (range.count - 1) / 4
    let back = min(limit, range.lowerBound - locations[index - 1].start)
    let forth = min(limit, locations[index + 1].start - range.lowerBound)
    let move = random.integer(below: back + forth + 1) - back
    return range.lowerBound + move..<range.upperBound + move
  }

  /// Returns the text of every `step`th sequence, in which no prediction occurs twice: documents with the boundary
  /// before, between and after them, and `separator` between tokens that do not follow each other in the corpus.
  package func text(every step: Int = 1, separator: TokenID) -> [TokenID] {
    var text: [TokenID] = []
    var end = -1
    for index in stride(from: 0, to: count, by: step) {
      let range = range(of: index)
      // The boundary between two documents ends the first and begins the second.
      if end >= 0 && range.lowerBound >= end { text.append(separator) }
      tokens.append(max(end, range.lowerBound)..<range.upperBound, to: &text)
      end = range.upperBound
    }
    return text
  }

  /// Returns the tokens of sequence `index`, from the first input to the last target.
  package func tokens(_ index: Int) -> [Int32] {
    var batch = Batch()
    append([range(of: index)], to: &batch, weight: 1)
    return batch.inputs + batch.targets.suffix(1)
  }

  /// Appends the sequences at `ranges` to `batch`. The weights of each sequence's predictions sum to `weight`.
  package func append(_ ranges: [Range<Int>], to batch: inout Batch, weight: Float) {
    tokens.append(ranges, to: &batch, weight: weight)
  }
}
