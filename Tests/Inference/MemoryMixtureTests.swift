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

  private static func memory(share: Double) -> MixedMemory {
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
    return MixedMemory(NGramMemory(text, vocabulary: vocabulary, byteLimit: .max), share: share)
  }

  private static func texts(of model: LanguageModel, _ request: GenerationRequest, _ count: Int) throws -> [[TokenID]] {
    let texts = try model.generate(0..<count, request)
    return (0..<count).map { index in texts[index].indices.map { texts[index][$0] } }
  }

  /// The probabilities are computed from those of the network alone, also in windows of long documents.
  @Test(arguments: [0.01, 0.4, 0.99]) func `scores are those of the mixture`(share: Double) throws {
    let weights = try steepWeights((2, 16, 4, 16, Self.vocabulary), seed: 5)
    let mixed = Self.memory(share: share)
    var random = RandomSource(seed: 9)
    let documents = (0..<300).map { _ in
      (0..<random.integer(below: 60)).map { _ in TokenID(random.integer(below: 26)) }
    }
    let network = LanguageModel(weights).nats(of: documents)
    let both = LanguageModel(weights, mixed).nats(of: documents, threads: 3)
    for (document, (one, other)) in zip(documents, zip(network, both)) {
      var past = NGramMemory.Past()
      mixed.memory.append(26, to: &past)
      for (index, token) in (document + [26]).enumerated() {
        let remembered = Double(mixed.memory.probability(of: token, after: past))
        let expected = -log((1 - share) * exp(-Double(one.each[index])) + share * remembered)
        #expect(abs(Double(other.each[index]) - expected) < 1e-5 * max(1, expected))
        mixed.memory.append(token, to: &past)
      }
      #expect(abs(other.total - other.each.reduce(0) { $0 + Double($1) }) < 1e-3)
    }
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
}
