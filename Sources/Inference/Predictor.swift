import GPT
import Kernels
import ModelMemory
import Parallelism
import Support
import Tokenization

/// What a document's tokens come to, in nats: -ln of their probability.
package struct DocumentNats: Sendable, Equatable {
  package var total = 0.0
  /// One for each token and one for the end.
  package var each: [Float] = []
}

/// A model that is done with training: it writes new texts and scores given ones, as tokens.
///
/// Any number of threads may use one predictor; each works in memory of its own.
package final class Predictor: Sendable {
  let parameters: FrozenParameters

  package init(_ weights: Weights) {
    parameters = FrozenParameters(weights)
  }

  package var configuration: Configuration { parameters.configuration }

  /// The texts of those numbers; the same whatever the range that they are asked for in, and for any number of threads.
  package func generate(
    _ samples: Range<Int>, _ request: GenerationRequest, threads: Int = 1
  ) throws(SamplingError) -> GeneratedTexts {
    try check(request)
    return try Generator(parameters, request, texts: max(1, samples.count), threads: threads).generate(samples)
  }

  /// What `generate` does, for who asks again and again: it remembers what it has met.
  package func generator(_ request: GenerationRequest, threads: Int = 1) throws(SamplingError) -> Generator {
    try check(request)
    return Generator(parameters, request, texts: .max, threads: threads)
  }

  /// The beginning of one text, to be written token by token.
  package func begin(_ sample: Int, _ request: GenerationRequest) throws(SamplingError) -> Generation {
    try check(request)
    var generation = Generation(parameters, request, texts: 1)
    try generation.start(sample..<sample + 1)
    return generation
  }

  /// How surprising each document is: the nats of every prediction of the next token. The boundary stands before the document and is the
  /// last to be predicted.
  ///
  /// A document longer than the context is read in windows of nearly the same length, each without memory of the one before, as in
  /// training. Without `keepingEach` there are only sums, for documents of which nobody wants every token.
  package func nats(of documents: [[TokenID]], keepingEach: Bool = true, threads: Int = 1) -> [DocumentNats] {
    Array(
      Team(count: threads).inPieces(0..<documents.count, of: 256) { _, piece in
        nats(of: documents[piece], keepingEach: keepingEach)
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
}
