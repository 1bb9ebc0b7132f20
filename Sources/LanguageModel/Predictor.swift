import Architecture
import Kernels
import Synchronization
import Tokenization
import Workers

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

  private func write(_ samples: Range<Int>, _ request: GenerationRequest) throws(SamplingError) -> GeneratedTexts {
    var generation = Generation(parameters, samples, request)
    while try generation.step() {}
    return generation.texts
  }

  /// For each document, the nats of every prediction of the next token; the boundary stands before it and is the last to be predicted.
  ///
  /// A document longer than the context is read in windows of nearly the same length, each without memory of the one before, as in
  /// training.
  public func nats(of documents: [[TokenID]], threads: Int = 1) -> [[Float]] {
    Array(
      inPieces(0..<documents.count, of: 256, threads: threads) { piece in
        var scoring = Scoring(self.parameters)
        return scoring.nats(of: documents[piece])
      }.joined())
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
