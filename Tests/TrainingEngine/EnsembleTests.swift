import GPT
import Inference
import ScalarReference
import Support
import TestSupport
import Testing
import Tokenization
import TrainingEngine

/// A model of several networks is each of them, trained alone, and the mean of their probabilities.
@Suite struct EnsembleTests {
  let configuration: Configuration
  let weights: Weights
  let batches: [Batch]

  init() throws {
    var shape = ModelShape()
    (shape.embedding, shape.members, shape.bigrams) = (20, 3, 40)
    let configuration = try Configuration(shape, vocabulary: 30)
    var random = RandomSource(seed: 5)
    batches = (0..<6).map { _ in Batch(configuration, documents: 9, lengths: 0...15, using: &random) }
    weights = Weights(configuration, seed: 3)
    self.configuration = configuration
  }

  private func update(_ step: Int) -> Update { Update(step: step + 1, muonRate: 0.02, weightDecay: 0.1, clip: 0.8) }

  @Test func `the first network has the weights of a model of one, and the others have weights of their own`() {
    let members = weights.members
    #expect(members.count == 3 && members[0] == Weights(configuration.member, seed: 3))
    #expect(members[1] != members[0] && members[2] != members[1])
    #expect(Weights(configuration, members: members) == weights)
  }

  @Test(arguments: [1, 2, 3, 4, 6]) func `each network is trained as if it were alone`(threads: Int) throws {
    let together = fastEngine(weights, Moments(zeros: configuration), threads: threads)
    let alone = weights.members.map { FastEngine(weights: $0) }
    for (step, batch) in batches.enumerated() {
      let result = try together.train(on: batch, update(step))
      let results = try alone.map { try $0.train(on: batch, update(step)) }
      #expect(result.gradientNorm == results.compactMap(\.gradientNorm).max())
      #expect(abs(result.loss - results.reduce(0) { $0 + $1.loss } / 3) < 1e-5)
    }
    #expect(together.weights.members == alone.map(\.weights))
    #expect(together.moments.first.members == alone.map(\.moments.first))
    #expect(together.moments.second.members == alone.map(\.moments.second))
  }

  @Test func `the reference engine agrees`() throws {
    let fast = fastEngine(weights, Moments(zeros: configuration))
    let reference = Ensemble(weights, Moments(zeros: configuration)) { weights, moments, _ in
      ScalarEngine(weights: weights, moments: moments)
    }
    for (step, batch) in batches.prefix(3).enumerated() {
      let (one, other) = (try fast.train(on: batch, update(step)), try reference.train(on: batch, update(step)))
      #expect(abs(one.loss - other.loss) < 1e-4)
    }
    for (one, other) in zip(fast.nats(of: batches[4]), reference.nats(of: batches[4])) {
      #expect(abs(one - other) < 1e-3)
    }
  }

  @Test func `losses are those of the mean probabilities, however small`() throws {
    for scale: Float in [1, 3, 40] {
      var weights = weights
      for tensor in weights.tensors.indices { weights.tensors[tensor] = weights.tensors[tensor].map { scale * $0 } }
      let nats = fastEngine(weights, Moments(zeros: configuration)).nats(of: batches[0])
      let each = weights.members.map { FastEngine(weights: $0).nats(of: batches[0]) }
      for row in nats.indices {
        let least = each.map { Double($0[row]) }.min() ?? 0
        let sum = each.reduce(0.0) { $0 + exponential(least - Double($1[row])) }
        let expected = least - naturalLogarithm(sum / 3)
        #expect(abs(Double(nats[row]) - expected) < 1e-5 * max(1, expected), "\(nats[row]), \(expected)")
      }
    }
  }

  /// Scores come from cached forward passes, those of training from whole sequences.
  @Test func `a model's scores and next tokens are the means of its networks'`() throws {
    let steep = Weights(configuration, tensors: weights.tensors.map { $0.map { 4 * $0 } })
    let documents: [[TokenID]] = [[3, 1, 4, 1, 5], [], [9, 2, 6, 5, 3, 5, 8, 9, 7, 9]]
    let scores = LanguageModel(steep).nats(of: documents)
    var batch = Batch()
    for document in documents {
      batch.append([configuration.boundary] + document + [configuration.boundary], weight: 1)
    }
    let expected = fastEngine(steep, Moments(zeros: configuration)).nats(of: batch)
    for (score, nats) in zip(scores.flatMap(\.each), expected) { #expect(abs(score - nats) < 1e-4 * max(1, nats)) }

    let request = GenerationRequest(SamplingOptions(temperature: 1), prompt: [3, 1])
    let next = try LanguageModel(steep).reading(of: request).next
    let each = try steep.members.map { try LanguageModel($0).reading(of: request).next }
    for token in next.indices {
      let mean = each.reduce(0) { $0 + $1[token] } / 3
      #expect(abs(next[token] - mean) < 1e-5)
    }
  }

  @Test func `a gradient that is not finite stops the step`() throws {
    var weights = weights
    weights.tensors[configuration.tensors.count - 1][0] = .nan
    weights.tensors[configuration.tensors.count / 3 - 1][0] = 1
    let engine = fastEngine(weights, Moments(zeros: configuration))
    #expect(throws: NotFinite.self) { for batch in batches { _ = try engine.train(on: batch, update(0)) } }
  }
}
