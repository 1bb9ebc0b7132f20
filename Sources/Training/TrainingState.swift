import GPT

/// Where a run is: with its recipe and its data, all that is needed to go on to the same bits.
public struct TrainingState: Sendable, Equatable {
  /// How many steps are done.
  public internal(set) var step = 0
  /// How many predictions the run has learned from.
  public internal(set) var tokens = 0
  public internal(set) var weights: Weights
  public internal(set) var moments: Moments
  /// The losses of the last steps, oldest first.
  public internal(set) var recentLosses: [Float] = []
  public internal(set) var best: Best?
  /// How many scores in a row have not been better than the best.
  public internal(set) var scoresSinceBest = 0

  /// The model that predicted the held-out documents best.
  public struct Best: Sendable, Equatable {
    public var step: Int
    public var score: HeldOutScore
    public var weights: Weights
  }

  /// A run that starts from `weights`.
  public init(_ weights: Weights) {
    self.weights = weights
    moments = Moments(zeros: weights.configuration)
  }
}
