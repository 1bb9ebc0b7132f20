import Support

/// The weights of a model in the order of its files: an array for each of `configuration.tensors`, row by row, without
/// padding.
package struct Weights: Sendable, Equatable {
  package let configuration: Configuration
  package var tensors: [[Float]]

  package init(zeros configuration: Configuration) {
    self.configuration = configuration
    tensors = configuration.tensors.map { Array(repeating: 0, count: $0.count) }
  }

  /// The weights in `tensors`, which have the sizes of the configuration's tensors.
  package init(_ configuration: Configuration, tensors: [[Float]]) {
    precondition(
      tensors.map { $0.count } == configuration.tensors.map { $0.count }, "the numbers do not fill the tensors")
    self.configuration = configuration
    self.tensors = tensors
  }

  /// The weights of an untrained model: normally distributed with mean 0 and the configuration's standard deviation,
  /// or zero where the initialization says so.
  package init(_ configuration: Configuration, seed: UInt64, _ initialization: Initialization = .normal) {
    self.init(zeros: configuration)
    var random = RandomSource(seed: seed, stream: RandomStream.initialWeights)
    let deviation = configuration.initialDeviation
    for tensor in tensors.indices {
      if initialization == .zeroOutputs && configuration.tensors[tensor].isOutputOfBlock { continue }
      for index in tensors[tensor].indices { tensors[tensor][index] = Float(deviation * random.normal()) }
    }
  }
}

extension Weights {
  /// The weights of each network of the model.
  package var members: [Weights] {
    let member = configuration.member
    let count = tensors.count / configuration.members
    return (0..<configuration.members).map {
      Weights(member, tensors: Array(tensors[$0 * count..<($0 + 1) * count]))
    }
  }

  /// The weights of the model of `configuration` whose networks have the weights `members`.
  package init(_ configuration: Configuration, members: [Weights]) {
    self.init(configuration, tensors: members.flatMap { $0.tensors })
  }
}

/// The weights from which training starts.
public enum Initialization: String, Sendable, CaseIterable {
  /// All weights are random, as in microgpt.
  case normal
  /// The matrices whose outputs are added to the residual stream are zero, so that each layer begins as the identity.
  case zeroOutputs = "zero-outputs"
}

extension TensorShape {
  /// True for the matrices whose outputs are added to the residual stream.
  fileprivate var isOutputOfBlock: Bool { name.hasSuffix(".attn_wo") || name.hasSuffix(".mlp_fc2") }
}

extension Configuration {
  /// The standard deviation of an untrained model's weights: 0.08, as in microgpt, up to an embedding of 64, then 0.08
  /// · √(64 / embedding).
  ///
  /// The outputs of a matrix grow with the square root of its input width: with 0.08, an embedding of 384 starts with
  /// losses of 67.
  package var initialDeviation: Double { 0.08 * (64 / Double(max(64, embedding))).squareRoot() }
}

/// The random streams of a seed, one for each purpose. Where the numbers depend on an epoch or a sample, its index is
/// added.
package enum RandomStream {
  package static let initialWeights: UInt64 = 1
  package static let heldOut: UInt64 = 2
  package static let grownWeights: UInt64 = 3
  package static let ngramDropout: UInt64 = 1 << 40
  package static let tokenNoise: UInt64 = 1 << 41
  package static let embeddingDropout: UInt64 = 1 << 43
  package static let windowMoves: UInt64 = 1 << 42
  package static let order: UInt64 = 1 << 32
  package static let samples: UInt64 = 1 << 48
}
