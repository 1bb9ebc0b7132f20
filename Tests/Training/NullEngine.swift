import GPT

/// An engine that does not train, but records its batches and updates.
final class NullEngine: Engine {
  let threads = 1
  let weights: Weights
  let moments: Moments
  var configuration: Configuration { weights.configuration }
  /// The losses that `train` returns; by default they are 1.
  var loss: (_ step: Int) -> Float = { _ in 1 }
  var remembers = true
  private(set) var batches: [Batch] = []
  private(set) var updates: [Update] = []
  private(set) var scored: [Batch] = []

  init(_ weights: Weights, _ moments: Moments) {
    self.weights = weights
    self.moments = moments
  }

  func train(on batch: Batch, _ update: Update) throws(NotFinite) -> StepResult {
    if remembers {
      batches.append(batch)
      updates.append(update)
    }
    let loss = loss(update.step)
    guard loss.isFinite else { throw NotFinite(loss: loss, gradientNorm: 1) }
    return StepResult(loss: loss, gradientNorm: nil)
  }

  func nats(of batch: Batch) -> [Float] {
    scored.append(batch)
    return Array(repeating: 0.5, count: batch.rows)
  }
}
