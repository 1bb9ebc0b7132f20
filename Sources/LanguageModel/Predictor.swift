import Architecture
import Kernels
import Synchronization
import Tokenization
import Workers

/// What a document's tokens come to, in nats: -ln of their probability.
public struct DocumentNats: Sendable, Equatable {
  public var total = 0.0
  /// One for each token and one for the end.
  public var each: [Float] = []
}

/// A model that is done with training: it writes new texts and scores given ones, as tokens.
///
/// Any number of threads may use one predictor; each works in memory of its own.
public final class Predictor: Sendable {
  let parameters: FrozenParameters

  public init(_ weights: Weights) {
    parameters = FrozenParameters(weights)
  }

  public var configuration: Configuration { parameters.configuration }

  /// The texts of those numbers; the same whatever the range that they are asked for in, and for any number of threads.
  public func generate(
    _ samples: Range<Int>, _ request: GenerationRequest, threads: Int = 1
  ) throws(SamplingError) -> GeneratedTexts {
    try check(request)
    var texts = GeneratedTexts(count: 0)
    for piece in inPieces(
      samples, of: 1024, threads: threads,
      { piece in
        Result { () throws(SamplingError) in try self.write(piece, request) }
      })
    {
      texts.append(try piece.get())
    }
    return texts
  }

  /// The beginning of one text, to be written token by token.
  package func begin(_ sample: Int, _ request: GenerationRequest) throws(SamplingError) -> Generation {
    try check(request)
    return Generation(parameters, sample..<sample + 1, request)
  }

  private func write(_ samples: Range<Int>, _ request: GenerationRequest) throws(SamplingError) -> GeneratedTexts {
    var generation = Generation(parameters, samples, request)
    while try generation.step() {}
    return generation.texts
  }

  /// How surprising each document is: the nats of every prediction of the next token. The boundary stands before the document and is the
  /// last to be predicted.
  ///
  /// A document longer than the context is read in windows of nearly the same length, each without memory of the one before, as in
  /// training. Without `keepingEach` there are only sums, for documents of which nobody wants every token.
  public func nats(of documents: [[TokenID]], keepingEach: Bool = true, threads: Int = 1) -> [DocumentNats] {
    Array(
      inPieces(0..<documents.count, of: 256, threads: threads) { piece in
        self.nats(of: documents[piece], keepingEach: keepingEach)
      }.joined())
  }

  private func nats(of documents: ArraySlice<[TokenID]>, keepingEach: Bool) -> [DocumentNats] {
    var results: [DocumentNats] = []
    results.reserveCapacity(documents.count)
    var present = DocumentNats()
    var missing = (documents.first?.count ?? 0) + 1
    var scoring = Scoring(parameters) { nats in
      present.total += Double(nats)
      if keepingEach { present.each.append(nats) }
      missing -= 1
      guard missing == 0 else { return }
      results.append(present)
      present = DocumentNats()
      let next = documents.startIndex + results.count
      if next < documents.endIndex { missing = documents[next].count + 1 }
    }
    for document in documents { scoring.add(document.span) }
    scoring.readWaiting()
    return results
  }

  /// Refuses what nothing can be written for.
  func check(_ request: GenerationRequest) throws(SamplingError) {
    try request.options.check()
    let longest = configuration.context - 1
    guard request.prompt.count <= longest else {
      throw SamplingError(
        "the prompt has \(request.prompt.count) tokens, and a model with a context of \(configuration.context) can go on from at "
          + "most \(longest); shorten the prompt.")
    }
    precondition(
      (request.prompt + request.forbidden).allSatisfy { $0 >= 0 && $0 < configuration.vocabulary - 1 },
      "tokens outside a vocabulary of \(configuration.vocabulary)")
  }

  /// What `work` makes of each `size` of `range`, in their order, on up to `threads` threads.
  private func inPieces<Output: Sendable>(
    _ range: Range<Int>, of size: Int, threads: Int, _ work: @Sendable (Range<Int>) -> Output
  ) -> [Output] {
    let count = (range.count + size - 1) / size
    guard threads > 1 && count > 1 else { return range.isEmpty ? [] : [work(range)] }
    let outputs = Mutex<[Output?]>(Array(repeating: nil, count: count))
    let next = Atomic(0)
    Team(count: min(threads, count)).run { _ in
      while true {
        let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard piece < count else { return }
        let first = range.lowerBound + piece * size
        let output = work(first..<min(first + size, range.upperBound))
        outputs.withLock { $0[piece] = output }
      }
    }
    return outputs.withLock { $0 }.compactMap(\.self)
  }
}
