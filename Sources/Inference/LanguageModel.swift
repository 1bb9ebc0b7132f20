import GPT
import ModelMemory
import NGrams
import Parallelism
import Tokenization

/// The losses of a text's tokens, in nats: -ln of their probabilities.
package struct TextNats: Sendable, Equatable {
  package var total = 0.0
  /// One for each prediction; empty if only totals were asked for.
  package var each: [Float] = []
}

/// A trained network, or several, with or without an n-gram memory: it generates and scores texts as tokens.
///
/// Any number of threads may use one model; each works in memory of its own.
package final class LanguageModel: Sendable {
  package let configuration: Configuration
  /// The networks, whose probabilities are averaged.
  let members: [FrozenParameters]
  let memory: MixedMemory?

  package init(_ weights: Weights, _ memory: MixedMemory? = nil) {
    configuration = weights.configuration
    members = weights.members.map { FrozenParameters($0) }
    self.memory = memory
  }

  private init(_ other: LanguageModel, _ memory: MixedMemory?) {
    configuration = other.configuration
    members = other.members
    self.memory = memory
  }

  /// The model with another memory.
  package func with(_ memory: MixedMemory) -> LanguageModel { LanguageModel(self, memory) }

  /// The texts with these numbers. A text depends neither on the range that it is generated in nor on the number of
  /// threads.
  package func generate(
    _ numbers: Range<Int>, _ request: GenerationRequest, threads: Int = 1
  ) throws(SamplingError) -> GeneratedSequences {
    try check(request)
    return try ParallelGenerator(members, memory, request, expecting: max(1, numbers.count), threads: threads)
      .generate(numbers)
  }

  /// A generator to be asked for many ranges of texts: it keeps its prefix caches.
  package func generator(
    _ request: GenerationRequest, threads: Int = 1
  ) throws(SamplingError) -> ParallelGenerator {
    try check(request)
    return ParallelGenerator(members, memory, request, expecting: .max, threads: threads)
  }

  /// A generator of one text, for `stepOnlyText`.
  package func generator(ofText number: Int, _ request: GenerationRequest) throws(SamplingError) -> Generator {
    try check(request)
    var generator = Generator(members, memory, request, expecting: 1)
    try generator.start(number..<number + 1)
    return generator
  }

  /// The losses of each document's tokens and of its end, each predicted from the boundary and the tokens before it.
  ///
  /// A document longer than the context is read in windows that overlap by half and do not see each other, as in
  /// training.
  package func nats(of documents: [[TokenID]], keepingEach: Bool = true, threads: Int = 1) -> [TextNats] {
    let boundary = configuration.boundary
    return nats(
      of: documents.map { Passage([boundary] + $0 + [boundary]) }, keepingEach: keepingEach, threads: threads)
  }

  /// The losses of each passage's tokens.
  package func nats(of passages: [Passage], keepingEach: Bool = true, threads: Int = 1) -> [TextNats] {
    Array(
      ThreadTeam(count: threads).mapChunks(of: 0..<passages.count, size: min(256, 1 + passages.count / (4 * threads))) {
        _, piece in
        var scorer = PassageScorer(members, memory, keepingEach: keepingEach)
        for passage in passages[piece] { scorer.add(passage) }
        return scorer.finish()
      }.joined())
  }

  func check(_ request: GenerationRequest) throws(SamplingError) {
    try request.options.validate()
    guard request.prompt.count < configuration.context else {
      throw .promptTooLong(tokens: request.prompt.count, context: configuration.context)
    }
    let options = request.options
    guard options.maxTokens != nil || options.minTokens <= configuration.context - request.prompt.count else {
      throw .invalidOption(
        "a text of at least \(options.minTokens) more tokens does not fit the model's context of "
          + "\(configuration.context); give --max-tokens too, with which a text goes on beyond the context.")
    }
    precondition(
      (request.prompt + request.forbidden + [request.predecessor].compactMap { $0 }).allSatisfy {
        $0 >= 0 && $0 < configuration.vocabulary - 1
      },
      "tokens outside a vocabulary of \(configuration.vocabulary)")
  }
}
