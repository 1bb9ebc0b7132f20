import GPT
import Inference
import Support
import TestSupport
import Testing
import Tokenization
import TrainingEngine

/// If these fail, a text's score depends on the texts around it.
@Suite struct ScoringTests {
  /// A wide model whose first predictions are confident spends its first thousand steps unlearning them.
  @Test(arguments: [16, 64, 128, 384]) func `a new model predicts nearly uniformly`(width: Int) throws {
    for activation in Activation.allCases {
      let configuration = try Configuration(
        layers: 4, embedding: width, heads: 4, context: 32, vocabulary: 60, activation: activation)
      let nats = LanguageModel(Weights(configuration, seed: 1)).nats(of: [(0..<31).map { $0 * 7 % 59 }])
      #expect(nats[0].total / 32 < 1.25 * 4.094, "\(activation): \(nats[0].total / 32) nats where ln 60 is 4.094")
    }
  }

  @Test(arguments: CacheTests.networks)
  func `scores are those of the engine`(shape: Int, positions: Positions) throws {
    let seed: UInt64 = .random(in: 0...999_999)
    let weights = try steepWeights(CacheTests.shapes[shape], positions: positions, seed: 5)
    let configuration = weights.configuration
    var random = RandomSource(seed: seed)
    let documents = (0..<700).map { _ in
      (0..<random.integer(below: random.integer(below: 10) == 0 ? 3 * configuration.context : configuration.context))
        .map { _ in TokenID(random.integer(below: configuration.vocabulary - 1)) }
    }
    // Each prediction is made from as many tokens as windows that overlap by half allow.
    var expected: [Float] = []
    let engine = FastEngine(weights: weights)
    var counts: [Int] = []
    for document in documents {
      let tokens = [configuration.boundary] + document + [configuration.boundary]
      let length = tokens.count - 1
      let ends = Array(stride(from: configuration.context, to: length, by: configuration.context / 2)) + [length]
      let scored = expected.count
      for end in ends {
        var batch = Batch()
        let first = max(0, end - configuration.context)
        batch.append(tokens[first...end], weight: 1)
        expected += engine.nats(of: batch)[(expected.count - scored - first)...]
      }
      counts.append(length)
    }
    for threads in [1, 3] {
      let scores = LanguageModel(weights).nats(of: documents, threads: threads)
      #expect(scores.map(\.each.count) == counts)
      let agree = zip(scores.lazy.flatMap(\.each), expected).allSatisfy { score, nats in
        abs(score - nats) <= 1e-5 * max(1, abs(nats))
      }
      #expect(agree, "seed \(seed)")
      let addUp = scores.allSatisfy { score in
        let sum = score.each.reduce(0.0) { $0 + Double($1) }
        return abs(score.total - sum) <= 1e-5 * max(1, sum)
      }
      #expect(addUp, "seed \(seed)")
      let sums = LanguageModel(weights).nats(of: documents, keepingEach: false, threads: threads)
      #expect(sums.map(\.total) == scores.map(\.total) && sums.allSatisfy(\.each.isEmpty))
    }
  }
}
