import GPT
import Support

/// Returns random weights that give distinct probabilities; those of a new model are nearly uniform. A network with
/// rotary positions has a final norm and, where it has some tokens, an adaptive softmax.
package func steepWeights(
  _ shape: (layers: Int, embedding: Int, heads: Int, context: Int, vocabulary: Int), positions: Positions = .learned,
  seed: UInt64, scale: Float = 3
) throws -> Weights {
  let configuration = try Configuration(
    layers: shape.layers, embedding: shape.embedding, heads: shape.heads, context: shape.context,
    vocabulary: shape.vocabulary, activation: .squaredRelu, positions: positions, finalNorm: positions == .rotary,
    bigrams: 50, trigrams: 70, cutoffs: positions == .rotary && shape.vocabulary >= 30 ? [7, 20] : [])
  var weights = Weights(configuration, seed: seed)
  for tensor in weights.tensors.indices { weights.tensors[tensor] = weights.tensors[tensor].map { $0 * scale } }
  return weights
}

extension Batch {
  /// Creates random documents with `lengths` tokens between their boundaries. Low tokens are more frequent, so that a
  /// model can learn something.
  package init(
    _ configuration: Configuration, documents: Int, lengths: ClosedRange<Int>, weights: [Float]? = nil,
    using random: inout RandomSource
  ) {
    self.init()
    for document in 0..<documents {
      let length = lengths.lowerBound + random.integer(below: lengths.count)
      let tokens = (0..<length).map { _ in
        Int32(Double(configuration.vocabulary - 1) * random.uniform() * random.uniform())
      }
      append(
        [configuration.boundary] + tokens + [configuration.boundary],
        weight: weights?[document] ?? 1 / Float(documents))
    }
  }
}
