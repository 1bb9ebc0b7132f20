import Support

/// The numbers of a model as files hold them: one array for each of `configuration.tensors`, row by row, without padding.
package struct Weights: Sendable, Equatable {
  package let configuration: Configuration
  package var tensors: [[Float]]

  package init(zeros configuration: Configuration) {
    self.configuration = configuration
    tensors = configuration.tensors.map { Array(repeating: 0, count: $0.count) }
  }

  /// Numbers that are there already, as many for each tensor as it has.
  package init(_ configuration: Configuration, tensors: [[Float]]) {
    precondition(tensors.map(\.count) == configuration.tensors.map(\.count), "the numbers do not fill the tensors")
    self.configuration = configuration
    self.tensors = tensors
  }

  /// A model before training: every weight normal with mean 0 and the configuration's deviation.
  package init(_ configuration: Configuration, seed: UInt64) {
    self.init(zeros: configuration)
    var random = RandomSource(seed: seed, stream: RandomStream.initialWeights)
    let deviation = configuration.initialDeviation
    for tensor in tensors.indices {
      for index in tensors[tensor].indices { tensors[tensor][index] = Float(deviation * random.normal()) }
    }
  }
}

extension Configuration {
  /// How far from 0 the weights of a new model are: 0.08, as in microgpt, up to a width of 64, and smaller by the root of what is beyond.
  ///
  /// What a matrix makes of a row grows with the root of the row's width: a model of 384 would begin with losses of 67.
  package var initialDeviation: Double { 0.08 * (64 / Double(max(64, embedding))).squareRoot() }
}

/// The purposes that random numbers serve, one stream of a seed each. Numbers that depend on an epoch or a sample
/// take the stream `base + number`.
package enum RandomStream {
  package static let initialWeights: UInt64 = 1
  package static let heldOut: UInt64 = 2
  package static let grownWeights: UInt64 = 3
  package static let ngramDropout: UInt64 = 1 << 40
  package static let tokenNoise: UInt64 = 1 << 41
  package static let order: UInt64 = 1 << 32
  package static let samples: UInt64 = 1 << 48
}
