import Support

/// An n-gram memory beside a network: each probability of the model is a mixture of the two.
package struct MixedMemory: Sendable, Equatable {
  package let memory: NGramMemory
  /// The fraction of the memory in the mixture, above 0 and below 1.
  package var share: Double

  package init(_ memory: NGramMemory, share: Double) {
    self.memory = memory
    self.share = share
  }

  /// Returns −ln p of a token to which the network gives `nats`, and the memory `probability`.
  package func nats(network nats: Float, memory probability: Float) -> Double {
    let mixed = (1 - share) * exponential(-Double(nats)) + share * Double(probability)
    // Where the network's probability is too small for a number, that of the memory is larger.
    return nats.isFinite ? -naturalLogarithm(mixed) : Double(nats)
  }

  /// The share with which the mixture predicts tokens best, of which these are the probabilities: the maximum of the
  /// likelihood, by expectation maximization.
  package static func bestShare(network: [Float], memory: [Float]) -> Double {
    var share = 0.5
    guard !network.isEmpty else { return share }
    for _ in 0..<50 {
      var sum = 0.0
      for index in network.indices {
        let part = share * Double(memory[index])
        sum += part / (part + (1 - share) * Double(network[index]))
      }
      share = min(0.999, max(0.001, sum / Double(network.count)))
    }
    return share
  }
}
