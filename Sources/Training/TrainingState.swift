import GPT

/// Where a run is: with its recipe and its data, all that is needed to go on to the same bits.
package struct TrainingState: Sendable, Equatable {
  /// How many steps are done.
  package internal(set) var step = 0
  /// How many predictions the run has learned from.
  package internal(set) var tokens = 0
  package internal(set) var weights: Weights
  package internal(set) var moments: Moments
  /// The losses of the last steps, oldest first.
  package internal(set) var recentLosses: [Float] = []
  package internal(set) var best: Best?
  /// How many scores in a row have not been better than the best.
  package internal(set) var scoresSinceBest = 0

  /// The model that predicted the held-out documents best.
  package struct Best: Sendable, Equatable {
    package var step: Int
    package var score: HeldOutScore
    package var weights: Weights
  }

  /// A run that starts from `weights`.
  package init(_ weights: Weights) {
    self.weights = weights
    moments = Moments(zeros: weights.configuration)
  }
}
