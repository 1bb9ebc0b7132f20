import GPT
import Inference
import ScalarReference
import Support
import TestSupport
import Testing
import Tokenization
import TrainingEngine

/// A model with one weight that is not finite must not be kept as the best, nor have a score that looks right.
@Suite
struct BrokenWeightsTests {
  private static let broken: [Float] = [.nan, .infinity, -.infinity]
  /// Narrow attention, wide attention, and heads that do not fill a vector.
  private static let shapes: [(layers: Int, embedding: Int, heads: Int, context: Int, vocabulary: Int)] = [
    (1, 16, 4, 16, 27), (1, 32, 2, 9, 20), (1, 6, 2, 9, 5),
  ]

  /// The weight may be in a row of the head whose token is neither the next one nor the likeliest.
  @Test(arguments: broken, shapes.indices)
  func `the engine has no finite loss where the reference engine has none`(value: Float, shape: Int) throws {
    let sound = try steepWeights(Self.shapes[shape], seed: 3, scale: 1)
    let configuration = sound.configuration
    var random = RandomSource(seed: 3)
    let batch = Batch(configuration, documents: 2, lengths: 2...4, using: &random)
    var found = 0
    for (tensor, form) in configuration.tensors.enumerated() {
      // One weight of the first, of a middle and of the last row; and all of them.
      let rows = [0, form.rows / 2, form.rows - 1]
      for place in rows.map({ $0 * form.columns..<$0 * form.columns + 1 }) + [0..<form.count] {
        var weights = sound
        for index in place { weights.tensors[tensor][index] = value }
        let expected = ScalarEngine(weights: weights).nats(of: batch)
        let nats = FastEngine(weights: weights).nats(of: batch)
        let hidden = zip(nats, expected).count { $0.isFinite && !$1.isFinite }
        #expect(hidden == 0, "\(value) in \(place) of \(form.name)")
        found += expected.count { !$0.isFinite }
      }
    }
    #expect(found > 100)
  }

  /// A logit of −∞ would pass for that of an impossible token.
  @Test(arguments: broken) func `a score is not finite`(value: Float) throws {
    var weights = try smallWeights()
    #expect(LanguageModel(weights).nats(of: [[1, 2]])[0].total.isFinite)
    // The first row of lm_head: the logit of token 0.
    weights.tensors[2][0] = value
    #expect(LanguageModel(weights).nats(of: [[1, 2]])[0].total.isNaN)
  }

  @Test(arguments: [(0, nil), (1, nil), (1, 3)] as [(Double, Int?)])
  func `nothing is sampled`(temperature: Double, topK: Int?) throws {
    var options = SamplingOptions(temperature: temperature)
    options.topK = topK
    for tensor in try 0..<smallWeights().configuration.tensors.count {
      var weights = try smallWeights()
      weights.tensors[tensor] = weights.tensors[tensor].map { _ in .nan }
      #expect(throws: SamplingError.self) { try LanguageModel(weights).generate(0..<3, GenerationRequest(options)) }
    }
    var weights = try smallWeights()
    weights.tensors[2][0] = .nan
    #expect(throws: SamplingError.self) { try LanguageModel(weights).generate(0..<3, GenerationRequest(options)) }
  }

  /// The higher the temperature, the more uniform the allowed tokens.
  @Test func `no temperature is too high`() throws {
    let model = LanguageModel(try smallWeights())
    let request = GenerationRequest(SamplingOptions(temperature: .greatestFiniteMagnitude), forbidden: [0, 1])
    let texts = try model.generate(0..<300, request)
    let tokens = (0..<300).flatMap { Array(texts, $0) }
    #expect(Set(tokens) == [2, 3, 4])
  }
}

private func smallWeights() throws -> Weights {
  Weights(try Configuration(layers: 1, embedding: 2, heads: 1, context: 3, vocabulary: 6), seed: 1)
}
