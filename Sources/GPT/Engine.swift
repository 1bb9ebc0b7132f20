/// What can train a model and score with it. There are two: the fast one, and the scalar reference that defines what is right.
package protocol Engine: AnyObject {
  var configuration: Configuration { get }

  /// The model as it is now.
  var weights: Weights { get }

  /// Adam's moments as they are now.
  var moments: Moments { get }

  /// Learns from `batch` once. Throws, leaving everything as it was, when a loss or gradient is not a finite number.
  func train(on batch: Batch, _ update: Update) throws(NotFinite) -> StepResult

  /// The loss of every position of `batch` in nats, unweighted.
  func nats(of batch: Batch) -> [Float]
}

/// Adam's running means of the gradients and of their squares.
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

/// How the optimiser makes one step: Adam with bias correction, after Kingma and Ba, with Loshchilov and Hutter's decoupled decay.
package struct Update: Sendable, Equatable {
  /// The number of this step, from 1: the powers of the decay rates in the bias correction.
  package var step: Int
  package var learningRate: Double
  package var beta1: Double
  package var beta2: Double
  package var epsilon: Double
  /// The part of each weight that a learning rate of one would take off it.
  package var weightDecay: Double
  /// Gradients longer than this are shortened to it.
  package var clip: Double?
  /// Into how many parts the batch is cut whose gradients are added up by halves: what several processes can share.
  package var shards: Int

  package init(
    step: Int, learningRate: Double = 0.01, beta1: Double = 0.85, beta2: Double = 0.99, epsilon: Double = 1e-8,
    weightDecay: Double = 0, clip: Double? = nil, shards: Int = 1
  ) {
    self.step = step
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.clip = clip
    self.shards = shards
  }
}

/// What one step of training saw.
package struct StepResult: Sendable, Equatable {
  /// The weighted sum of the positions' losses: for weights that add up to one, their mean.
  package var loss: Float
  /// The length of the whole gradient, before clipping; `nil` where the engine had no use for it.
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
