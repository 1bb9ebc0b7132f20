import Architecture
import LanguageModel
import Randomness
import ScalarReference
import Testing
import Tokenization

/// Without these, generation could be fast and write what the model does not mean.
@Suite struct GenerationTests {
  static let shapes: [(layers: Int, embedding: Int, heads: Int, context: Int, vocabulary: Int)] = [
    (1, 16, 4, 16, 27), (2, 32, 4, 16, 597), (1, 6, 2, 9, 5), (2, 12, 12, 40, 30), (1, 24, 3, 33, 70),
    (2, 40, 2, 50, 33), (3, 64, 2, 20, 100), (1, 1, 1, 2, 2), (1, 48, 1, 100, 17), (1, 34, 17, 21, 18),
  ]

  func weights(_ shape: (layers: Int, embedding: Int, heads: Int, context: Int, vocabulary: Int), scale: Float = 8)
    throws -> Weights
  {
    let configuration = try Configuration(
      layers: shape.layers, embedding: shape.embedding, heads: shape.heads, context: shape.context,
      vocabulary: shape.vocabulary)
    var weights = Weights(configuration, seed: 7)
    // Untrained models are nearly indifferent; larger numbers give them opinions.
    for tensor in weights.tensors.indices {
      weights.tensors[tensor] = weights.tensors[tensor].map { $0 * scale }
    }
    return weights
  }

  /// A text drawn with the cache is the text that the reference draws without one, but for what rounding turns.
  @Test(arguments: shapes.indices) func writesWhatTheReferenceWrites(shape: Int) throws {
    let weights = try weights(Self.shapes[shape], scale: 3)
    let count = 60
    let texts = try Predictor(weights).generate(
      0..<count, GenerationRequest(SamplingOptions(temperature: 0.8, seed: 5)))
    let reference = ScalarEngine(weights: weights)
    let same = (0..<count).count { index in
      let expected = reference.sample(temperature: 0.8, seed: 5, index: index)
      let text = texts[index]
      return expected == text.indices.map { text[$0] }
    }
    #expect(same >= count - 1, "\(Self.shapes[shape])")
  }
}
