/// An n-gram memory beside a network.
package struct MixedMemory: Sendable, Equatable {
  package let memory: NGramMemory
  package var mixture: Mixture

  package init(_ memory: NGramMemory, _ mixture: Mixture) {
    self.memory = memory
    self.mixture = mixture
  }
}

/// How the probabilities of a network and of a memory make those of the model: in proportion to
/// ((1 − `share`) · √network + `share` · √memory)^(2 · `sharpness`).
package struct Mixture: Sendable, Equatable {
  /// The fraction of the memory, above 0 and below 1.
  package var share: Double
  /// The power of the mean, above 0. Two models that agree are surer together than alone, so that it is above 1.
  package var sharpness: Double

  /// What is good for most texts.
  package static let typical = Mixture(share: 0.6, sharpness: 1.06)

  package init(share: Double, sharpness: Double) {
    self.share = share
    self.sharpness = sharpness
  }
}
