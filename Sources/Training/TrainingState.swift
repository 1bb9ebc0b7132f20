import GPT

/// The state of a run: with its recipe and its data, all that is needed to resume it to the same bits.
package struct TrainingState: Sendable, Equatable {
  /// The number of steps done.
  package internal(set) var step = 0
  /// The number of tokens that the run has been trained to predict.
  package internal(set) var tokens = 0
  package internal(set) var weights: Weights
  package internal(set) var moments: Moments
  /// The losses of the last hundred steps, oldest first.
  package internal(set) var recentLosses: [Float] = []
  package internal(set) var best: Best?
  /// The number of scores since the best.
  package internal(set) var scoresSinceBest = 0

  /// The weights with the lowest held-out loss.
  package struct Best: Sendable, Equatable {
    package var step: Int
    package var score: HeldOutScore
    package var weights: Weights
  }

  /// The start of a run from `weights`.
  package init(_ weights: Weights) {
    self.weights = weights
    moments = Moments(zeros: weights.configuration)
  }
}
