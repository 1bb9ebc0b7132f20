import GPT
import Inference
import ScalarReference
import Support
import TestSupport
import Testing
import Tokenization
import TrainingEngine

/// Otherwise a model that is broken in one place would be kept as the best, or have a score that somebody believes.
@Suite("What is no number in a model shows in what is computed with it")
struct BrokenWeightsTests {
  private static let broken: [Float] = [.nan, .infinity, -.infinity]
  /// Narrow attention, wide attention, and heads that do not fill a vector.
  private static let shapes: [(layers: Int, embedding: Int, heads: Int, context: Int, vocabulary: Int)] = [
    (1, 16, 4, 16, 27), (1, 32, 2, 9, 20), (1, 6, 2, 9, 5),
  ]

  /// A row of the head, say, whose token is neither the one that follows nor the likeliest.
  @Test(arguments: broken, shapes.indices)
  func `the engine finds no loss where the reference finds none`(value: Float, shape: Int) throws {
    let sound = try steepWeights(Self.shapes[shape], seed: 3, scale: 1)
    let configuration = sound.configuration
    var random = RandomSource(seed: 3)
    let batch = Batch(configuration, documents: 2, lengths: 2...4, using: &random)
    var found = 0
    for (tensor, form) in configuration.tensors.enumerated() {
      // One number of the first row, of one in the middle and of the last; and all of them.
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

  /// A score of −∞ would pass for that of a token that never comes.
  @Test(arguments: broken) func `a score is none`(value: Float) throws {
    var weights = try smallWeights()
    #expect(Predictor(weights).nats(of: [[1, 2]])[0].total.isFinite)
    // The first row of lm_head: the score of token 0.
    weights.tensors[2][0] = value
    #expect(Predictor(weights).nats(of: [[1, 2]])[0].total.isNaN)
  }

  @Test(arguments: [(0, nil), (1, nil), (1, 3)] as [(Double, Int?)])
  func `nothing is chosen by it`(temperature: Double, topK: Int?) throws {
    var options = SamplingOptions(temperature: temperature)
    options.topK = topK
    for tensor in try 0..<smallWeights().configuration.tensors.count {
      var weights = try smallWeights()
      weights.tensors[tensor] = weights.tensors[tensor].map { _ in .nan }
      #expect(throws: SamplingError.self) { try Predictor(weights).generate(0..<3, GenerationRequest(options)) }
    }
    var weights = try smallWeights()
    weights.tensors[2][0] = .nan
    #expect(throws: SamplingError.self) { try Predictor(weights).generate(0..<3, GenerationRequest(options)) }
  }

  /// The hotter, the more alike are all tokens that are allowed.
  @Test func `no temperature is too high`() throws {
    let predictor = Predictor(try smallWeights())
    let request = GenerationRequest(SamplingOptions(temperature: .greatestFiniteMagnitude), forbidden: [0, 1])
    let texts = try predictor.generate(0..<300, request)
    let tokens = (0..<300).flatMap { Array(texts, $0) }
    #expect(Set(tokens) == [2, 3, 4])
  }
}

private func smallWeights() throws -> Weights {
  Weights(try Configuration(layers: 1, embedding: 2, heads: 1, context: 3, vocabulary: 6), seed: 1)
}
