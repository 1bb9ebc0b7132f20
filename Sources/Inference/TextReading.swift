import GPT
import Kernels
import Support
import Tokenization

/// The view of a model on a text that a person is writing.
package struct TextReading: Sendable {
  /// The probability with which each token is sampled next, the boundary last.
  package let next: [Float]
  /// The attention of the boundary and of each token.
  package let attention: AttentionLog
}

/// The attention of the tokens that a forward pass has read, in their order.
package struct AttentionLog: Sendable {
  package let layers: Int
  package let heads: Int
  /// For each layer and head (layers, heads), the rows of all tokens. Row t has the attention of token t to tokens
  /// 0 ... t, which adds up to 1.
  package private(set) var weights: [[Float]]

  init(_ configuration: Configuration) {
    (layers, heads) = (configuration.layers, configuration.heads)
    weights = Array(repeating: [], count: layers * heads)
  }

  /// Adds the rows of one layer. Layers take turns.
  mutating func add(
    _ queriesKeysValues: Matrix, _ cache: AttentionCache, layer: Int, slots: Span<Int32>, positions: Span<Int32>
  ) {
    for row in slots.indices {
      let scores = cache.scores(
        of: queriesKeysValues, row: row, slot: Int(slots[row]), position: Int(positions[row]))
      for (head, scores) in scores.enumerated() { weights[layer * heads + head] += softmax(scores) }
    }
  }

  private func softmax(_ scores: [Float]) -> [Float] {
    let largest = scores.reduce(-.infinity) { max($0, $1) }
    let weights = scores.map { exponential(Double($0 - largest)) }
    let total = weights.reduce(0, +)
    return weights.map { Float($0 / total) }
  }
}

extension LanguageModel {
  /// Reads the prompt of a request, as generation does before it samples the first token.
  package func reading(of request: GenerationRequest) throws(SamplingError) -> TextReading {
    try check(request)
    let predecessor = request.predecessor ?? configuration.boundary
    let forwardPass = ModelPass(members, slots: 1)
    forwardPass.attention = AttentionLog(configuration)
    _ = forwardPass.read([predecessor] + request.prompt, slot: 0)
    let logits = forwardPass.logits(count: 1)
    if let memory {
      let mixer = MemoryMixer(memory, slots: 1)
      mixer.read(request.prompt.span, after: predecessor, slot: 0)
      mixer.predict(row: 0, slot: 0)
      mixer.mix(into: logits)
    }
    var sampler = TokenSampler(request.options, forbidden: request.forbidden)
    sampler.forbidTokens(in: logits)
    return TextReading(
      next: try sampler.probabilities(logits), attention: forwardPass.attention ?? AttentionLog(configuration))
  }
}
