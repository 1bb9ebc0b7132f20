import Foundation
import GPT
import Inference
import NGrams
import Support
import TestSupport
import Testing
import Tokenization

/// If these fail, a model with an n-gram memory samples from other probabilities than it scores with.
@Suite struct MemoryMixtureTests {
  private static let vocabulary = 27

  private static func memory(share: Double, sharpness: Double = 1.1) -> MixedMemory {
    var random = RandomSource(seed: 2)
    var text: [TokenID] = [26]
    for _ in 0..<400 {
      var token = random.integer(below: 26)
      for _ in 0..<random.integer(below: 9) {
        text.append(TokenID(token))
        token = random.integer(below: 3) > 0 ? (token + 3) % 26 : random.integer(below: 26)
      }
      text.append(26)
    }
    return MixedMemory(
      NGramMemory(text, vocabulary: vocabulary, byteLimit: .max), Mixture(share: share, sharpness: sharpness))
  }

  private static func texts(of model: LanguageModel, _ request: GenerationRequest, _ count: Int) throws -> [[TokenID]] {
    let texts = try model.generate(0..<count, request)
    return (0..<count).map { index in texts[index].indices.map { texts[index][$0] } }
  }

  /// The probabilities are computed from those of the network alone, also in windows of long documents.
  @Test(arguments: [(0.01, 1.0), (0.4, 1.2), (0.99, 0.7)])
  func `scores are those of the mixture`(share: Double, sharpness: Double) throws {
    let weights = try steepWeights((2, 16, 4, 16, Self.vocabulary), seed: 5)
    let mixed = Self.memory(share: share, sharpness: sharpness)
    var random = RandomSource(seed: 9)
    let documents = (0..<30).map { _ in
      (0..<random.integer(below: 60)).map { _ in TokenID(random.integer(below: 26)) }
    }
    let network = LanguageModel(weights)
    let both = LanguageModel(weights, mixed).nats(of: documents, threads: 3)
    for (document, scored) in zip(documents, both) {
      for (index, token) in (document + [26]).enumerated() {
        let (known, remembered) = Self.probabilities(of: document, at: index, network, mixed.memory)
        let weights = zip(known, remembered).map { one, other in
          pow((1 - share) * one.squareRoot() + share * other.squareRoot(), 2 * sharpness)
        }
        let expected = log(weights.reduce(0, +)) - log(weights[Int(token)])
        #expect(abs(Double(scored.each[index]) - expected) < 2e-5 * max(1, expected))
      }
      #expect(abs(scored.total - scored.each.reduce(0) { $0 + Double($1) }) < 1e-3)
    }
  }

  /// The probabilities that network and memory give to each token at `index` of a document. The network sees what a
  /// window of the context's length sees.
  private static func probabilities(
    of document: [TokenID], at index: Int, _ network: LanguageModel, _ memory: NGramMemory
  ) -> (network: [Double], memory: [Double]) {
    var past = NGramMemory.Past()
    for token in [26] + document[..<index] { memory.append(token, to: &past) }
    let tokens = 0..<TokenID(vocabulary)
    let passages = tokens.map { token in
      var tokens = [26] + document + [26]
      tokens[index + 1] = token
      return Passage(tokens)
    }
    return (
      network.nats(of: passages).map { exp(-Double($0.each[index])) },
      tokens.map { Double(memory.probability(of: $0, after: past)) }
    )
  }

  /// A text's negative log-likelihood as `score` sees it must be that of the distribution that it is sampled from: the
  /// mean over many samples is the entropy, and each first token occurs as often as its score says.
  @Test func `samples are distributed as they are scored`() throws {
    let model = LanguageModel(try steepWeights((1, 16, 4, 16, Self.vocabulary), seed: 5), Self.memory(share: 0.5))
    let count = 40_000
    var request = GenerationRequest(SamplingOptions(temperature: 1, seed: 3))
    request.options.maxTokens = 2
    var seen: [[TokenID]: Int] = [:]
    for text in try Self.texts(of: model, request, count) where text.count == 2 { seen[text, default: 0] += 1 }
    let pairs = (0..<26).flatMap { first in (0..<26).map { [TokenID(first), TokenID($0)] } }
    for (pair, nats) in zip(pairs, model.nats(of: pairs)) {
      let expected = Double(count) * exp(-Double(nats.each[0]) - Double(nats.each[1]))
      let found = Double(seen[pair] ?? 0)
      #expect(abs(found - expected) < 5 * expected.squareRoot() + 3, "\(pair): \(found), not \(expected)")
    }
  }

  @Test func `at temperature zero each token is the likeliest of the mixture`() throws {
    let model = LanguageModel(try steepWeights((2, 16, 4, 24, Self.vocabulary), seed: 8), Self.memory(share: 0.6))
    for prompt in [[], [4], [25, 2, 5]] as [[TokenID]] {
      let text = try Self.texts(of: model, GenerationRequest(SamplingOptions(temperature: 0), prompt: prompt), 1)[0]
      for end in prompt.count..<text.count {
        let choices = (0..<26).map { Array(text[..<end]) + [TokenID($0)] }
        let nats = model.nats(of: choices).map { $0.each[end] }
        let best = try #require(nats.indices.min { nats[$0] < nats[$1] })
        #expect(nats[Int(text[end])] - nats[best] < 1e-4, "\(text), token \(end)")
      }
    }
  }

  /// Text 7 is text 7, alone and among others, with any number of threads.
  @Test func `a text does not depend on the others`() throws {
    let model = LanguageModel(try steepWeights((1, 16, 4, 16, Self.vocabulary), seed: 1), Self.memory(share: 0.3))
    for (_, options) in GenerationTests.requests {
      let request = GenerationRequest(options, prompt: [3])
      let all = try Self.texts(of: model, request, 3000)
      let threaded = try model.generate(0..<3000, request, threads: 3)
      let generator = try model.generator(request)
      #expect((0..<3000).allSatisfy { Array(threaded, $0) == all[$0] })
      for range in [0..<1, 5..<70, 2990..<3000, 63..<65] {
        let (alone, kept) = (try model.generate(range, request), try generator.generate(range))
        #expect(range.allSatisfy { Array(alone, $0 - range.lowerBound) == all[$0] })
        #expect(range.allSatisfy { Array(kept, $0 - range.lowerBound) == all[$0] })
      }
    }
  }

  /// Texts that a mixture generates are best predicted by that mixture.
  @Test(arguments: [(0.1, 1.0), (0.5, 1.1), (0.85, 1.05)])
  func `the best mixture is found`(share: Double, sharpness: Double) throws {
    let weights = try steepWeights((1, 16, 4, 16, Self.vocabulary), seed: 3)
    let mixed = Self.memory(share: share, sharpness: sharpness)
    let model = LanguageModel(weights, mixed)
    let texts = try Self.texts(of: model, GenerationRequest(SamplingOptions(temperature: 1, seed: 4)), 3000)
    // A text that fills the context has no end.
    let passages = texts.map { Passage([26] + $0 + ($0.count < 16 ? [26] : [])) }
    let found = LanguageModel(weights).bestMixture(with: mixed.memory, on: passages)
    #expect(abs(found.share - share) < 0.05, "\(found)")
    #expect(abs(found.sharpness - sharpness) < 0.05, "\(found)")
    func nats(_ mixture: Mixture) -> Double {
      LanguageModel(weights, MixedMemory(mixed.memory, mixture)).nats(of: passages).reduce(0) { $0 + $1.total }
    }
    let (best, other) = (nats(found), nats(mixed.mixture))
    #expect(best < other + 1, "\(best), \(other)")
    for change in [-0.1, 0.1] {
      #expect(best < nats(Mixture(share: found.share + change, sharpness: found.sharpness)))
      #expect(best < nats(Mixture(share: found.share, sharpness: found.sharpness + change)))
    }
  }

  @Test func `without examples the mixture is the typical one, and few change it little`() throws {
    let model = LanguageModel(try steepWeights((1, 16, 4, 16, Self.vocabulary), seed: 3))
    let memory = Self.memory(share: 0.5).memory
    #expect(abs(model.bestMixture(with: memory, on: []).share - Mixture.typical.share) < 1e-9)
    let one = model.bestMixture(with: memory, on: [Passage([26, 3, 26])])
    #expect(abs(one.sharpness - Mixture.typical.sharpness) < 0.05)
  }
}
