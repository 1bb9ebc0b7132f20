import GPT

extension Recipe {
  /// Measures the number of steps that take about `seconds` on this machine, and the interval at which scoring the
  /// held-out documents takes at most a twentieth of that time.
  ///
  /// The measured model is thrown away. Training for a number of steps, unlike training by the clock, repeats to the
  /// bit.
  package func steps(
    within seconds: Double, _ data: TrainingData, vocabulary: Int, engine makeEngine: (Weights, Moments) -> any Engine
  ) throws -> (steps: Int, evaluateEvery: Int) {
    var trial = self
    trial.steps = .max
    trial.evaluateEvery = .max
    trial.warmup = 0
    let weights = Weights(try configuration(vocabulary: vocabulary), seed: seed)
    let trainer = try Trainer(trial, data, from: TrainingState(weights), engine: makeEngine)
    let clock = ContinuousClock()
    // The first steps warm the caches and are not measured.
    let beginning = clock.now
    let length = Duration.seconds(min(seconds / 20, 1))
    repeat { _ = try trainer.advance() } while beginning.duration(to: .now) < length / 4 && trainer.step < 1000
    let (start, first) = (clock.now, trainer.step)
    repeat { _ = try trainer.advance() } while start.duration(to: .now) < length
    let perStep = start.duration(to: .now) / .seconds(1) / Double(trainer.step - first)
    let score =
      data.heldOut.map { heldOut in clock.measure { _ = HeldOutScore(of: heldOut, by: trainer.engine) } / .seconds(1) }
      ?? 0
    let left = max(0, seconds - beginning.duration(to: .now) / .seconds(1))
    let scores = max(1, min(20, Int(0.05 * left / max(score, 1e-9))))
    let count = max(1, Int((left - Double(scores) * score) / perStep))
    return (count, max(1, count / scores))
  }
}
