/// The losses, speeds and scores of a run: a point at equal intervals and at every score.
///
///     var curve = LossCurve(of: trainer, points: 300)
///     try trainer.run { step in curve.record(step) }
///     print(curve.points.map(\.loss))
package struct LossCurve: Sendable {
  /// The steps since the point before.
  package struct Point: Sendable, Equatable {
    /// The number of the last step.
    package var step: Int
    /// The mean loss of the steps.
    package var loss: Double
    /// The learning rate of the last step.
    package var learningRate: Double
    package var gradientNorm: Float?
    package var tokensPerSecond: Double
    /// The training time since the start of the run, without pauses before resumptions.
    package var seconds: Double
    package var score: HeldOutScore?

    package init(
      step: Int, loss: Double, learningRate: Double, gradientNorm: Float? = nil, tokensPerSecond: Double,
      seconds: Double, score: HeldOutScore? = nil
    ) {
      self.step = step
      self.loss = loss
      self.learningRate = learningRate
      self.gradientNorm = gradientNorm
      self.tokensPerSecond = tokensPerSecond
      self.seconds = seconds
      self.score = score
    }
  }

  package private(set) var points: [Point]

  /// The number of steps per point.
  private let interval: Int
  private let start = ContinuousClock.now
  private let secondsBefore: Double
  private var steps = 0
  private var losses = 0.0
  private var tokens = 0
  private var secondsAtPoint: Double

  /// - Parameters:
  ///   - count: The approximate number of points.
  ///   - before: The points of a resumed run before its checkpoint.
  ///   - seconds: The training time before; by default that of the last point before.
  package init(of trainer: Trainer, points count: Int, before: [Point] = [], seconds: Double? = nil) {
    let seconds = seconds ?? before.last?.seconds ?? 0
    points = before
    interval = max(1, trainer.recipe.steps / count)
    secondsBefore = seconds
    secondsAtPoint = seconds
  }

  /// Adds a step, and returns the point that it completes.
  @discardableResult
  package mutating func record(_ step: Step) -> Point? {
    steps += 1
    losses += Double(step.loss)
    tokens += step.tokens
    guard step.score != nil || step.number.isMultiple(of: interval) else { return nil }
    let seconds = secondsBefore + start.duration(to: .now) / .seconds(1)
    let point = Point(
      step: step.number, loss: losses / Double(steps), learningRate: step.learningRate,
      gradientNorm: step.gradientNorm, tokensPerSecond: Double(tokens) / max(seconds - secondsAtPoint, 1e-9),
      seconds: seconds, score: step.score)
    points.append(point)
    (steps, losses, tokens, secondsAtPoint) = (0, 0, 0, seconds)
    return point
  }

  /// The moving average of the losses over a twentieth of the points.
  package var smoothedLosses: [Double] { Self.smoothed(points.map { $0.loss }) }

  /// Returns the moving average of `values` over a twentieth of them.
  package static func smoothed(_ values: [Double]) -> [Double] {
    let count = max(1, values.count / 20)
    return values.indices.map { index in
      let part = values[max(0, index - count + 1)...index]
      return part.reduce(0, +) / Double(part.count)
    }
  }
}
