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

  /// The share, from 0 to 1, with which the mixture predicts tokens best, of which these are the probabilities.
  ///
  /// The likelihood is concave in the share, so its maximum is found by bisection of the slope.
  package static func bestShare(network: [Float], memory: [Float]) -> Double {
    var range = (low: 0.0, high: 1.0)
    for _ in 0..<24 {
      let share = (range.low + range.high) / 2
      var slope = 0.0
      for index in network.indices {
        let (one, other) = (Double(network[index]), Double(memory[index]))
        slope += (other - one) / (one + share * (other - one))
      }
      if slope > 0 { range.low = share } else { range.high = share }
    }
    return (range.low + range.high) / 2
  }
}
