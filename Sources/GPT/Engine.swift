/// An implementation of the model's arithmetic, which trains it and computes losses.
///
/// There are two: the fast engine, and the reference engine, which defines the correct results.
package protocol Engine: AnyObject {
  var configuration: Configuration { get }

  /// The number of threads that compute.
  var threads: Int { get }

  /// The present weights of the model.
  var weights: Weights { get }

  /// The optimizer's present moments.
  var moments: Moments { get }

  /// Makes one optimizer step on `batch`.
  ///
  /// - Throws: `NotFinite` if the loss or the gradient is not finite. Weights and moments then stay unchanged.
  func train(on batch: Batch, _ update: Update) throws(NotFinite) -> StepResult

  /// Returns the loss of every position of `batch` in nats, without the batch's weights.
  func nats(of batch: Batch) -> [Float]
}

/// Adam's running means of the gradients and of their squares. Where Muon updates a matrix, the first mean is its
/// momentum, and the second stays zero.
package struct Moments: Sendable, Equatable {
  package var first: Weights
  package var second: Weights

  package init(first: Weights, second: Weights) {
    self.first = first
    self.second = second
  }

  package init(zeros configuration: Configuration) {
    first = Weights(zeros: configuration)
    second = Weights(zeros: configuration)
  }
}

/// The settings of one optimizer step: Adam with bias correction (Kingma and Ba) and decoupled weight decay (Loshchilov
/// and Hutter), and Muon (Jordan et al.) for the matrices of the layers if it has a rate.
package struct Update: Sendable, Equatable {
  /// The number of this step, from 1: the exponent of the decay rates in the bias correction.
  package var step: Int
  package var learningRate: Double
  /// The learning rate of Muon for the matrices of the layers; `nil` if Adam updates them too.
  package var muonRate: Double?
  package var beta1: Double
  package var beta2: Double
  package var epsilon: Double
  /// The fraction of each weight that decays in a step with a learning rate of 1.
  package var weightDecay: Double
  /// The largest norm of the whole gradient, to which a larger one is scaled down.
  package var clip: Double?
  /// The number of shards of the batch, whose gradients are summed pairwise in a tree. Processes can share them.
  package var shards: Int

  /// Muon's decay of the mean gradient.
  package static let muonMomentum = 0.95

  package init(
    step: Int, learningRate: Double = 0.01, muonRate: Double? = nil, beta1: Double = 0.85, beta2: Double = 0.99,
    epsilon: Double = 1e-8, weightDecay: Double = 0, clip: Double? = nil, shards: Int = 1
  ) {
    self.step = step
    self.learningRate = learningRate
    self.muonRate = muonRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.clip = clip
    self.shards = shards
  }
}

/// The loss and the gradient norm of one training step.
package struct StepResult: Sendable, Equatable {
  /// The weighted sum of the positions' losses: their mean if the weights sum to 1.
  package var loss: Float
  /// The norm of the whole gradient before clipping; `nil` if the engine did not compute it.
  package var gradientNorm: Float?

  package init(loss: Float, gradientNorm: Float?) {
    self.loss = loss
    self.gradientNorm = gradientNorm
  }
}

/// A loss or gradient that is infinite or not a number.
package struct NotFinite: Error, Equatable {
  package var loss: Float
  package var gradientNorm: Float

  package init(loss: Float, gradientNorm: Float) {
    self.loss = loss
    self.gradientNorm = gradientNorm
  }
}
