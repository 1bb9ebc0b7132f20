import CommandOptions
import Datasets
import Parallelism
import Support
import Sweeps
import Synchronization
import Terminal
import Training

/// Trains models, several at a time, each on its own thread.
final class SweepRun: Sendable {
  private let models: [SweptModel]
  private let progress: Mutex<Progress>

  init(_ models: [SweptModel], _ table: SweepTable, isQuiet: Bool) {
    self.models = models
    progress = Mutex(Progress(models, table, isQuiet))
  }

  /// Trains until all models have a row, an error is not that of a model's settings, or the sweep is interrupted.
  func run(jobs: Int) throws {
    ThreadTeam(count: jobs).run { _ in
      while let model = progress.withLock({ $0.take() }) {
        let outcome = Result { try model.train() }
        progress.withLock { $0.finish(model, outcome) }
      }
    }
    try progress.withLock { try $0.end() }
  }
}

/// The models of a sweep that are trained and those that are not, and the line that shows it.
private struct Progress {
  private let models: [SweptModel]
  private let table: SweepTable
  private let isQuiet: Bool
  private let start = ContinuousClock.now
  private var next = 0
  private var finished = 0
  private var best: Double?
  private var failure: (any Error)?
  private var line = LiveLine(on: .error)

  init(_ models: [SweptModel], _ table: SweepTable, _ isQuiet: Bool) {
    self.models = models
    self.table = table
    self.isQuiet = isQuiet
  }

  /// The next model to train.
  mutating func take() -> SweptModel? {
    guard next < models.count, failure == nil, Interruption.caught == nil else { return nil }
    defer { next += 1 }
    return models[next]
  }

  mutating func finish(_ model: SweptModel, _ outcome: Result<TrainingSummary, any Error>) {
    do {
      guard let row = try row(model, outcome) else { return }
      try table.append(row)
      finished += 1
      best = [best, row.heldOutLoss == nil ? row.loss : row.bitsPerByte].compactMap(\.self).min()
      show()
    } catch {
      failure = failure ?? error
    }
  }

  /// Clears the line and throws what ended the sweep early.
  mutating func end() throws {
    line.clear()
    if let failure { throw failure }
    if let interruption = Interruption.caught, finished < models.count {
      throw Failure(
        Failure.Code(interruption),
        "interrupted with \(finished.grouped) of \(models.count.of("model")) done; the same command continues.")
    }
  }

  /// Returns the row of a model; `nil` where it was interrupted. A model whose settings cannot be trained has a row
  /// too.
  private func row(_ model: SweptModel, _ outcome: Result<TrainingSummary, any Error>) throws -> SweepTable.Row? {
    do {
      let summary = try outcome.get()
      guard summary.failure == nil, let result = summary.json.object else { return nil }
      return SweepTable.Row(settings: model.settings, run: model.run, result: result)
    } catch let error where error is ValidationError || error is TrainingError {
      return SweepTable.Row(settings: model.settings, run: model.run, failure: "\(error)")
    }
  }

  private mutating func show() {
    let now = ContinuousClock.now
    guard !isQuiet && line.isDue(now) else { return }
    let seconds = start.duration(to: now) / .seconds(1)
    let left = seconds / Double(finished) * Double(models.count - finished)
    line.show([
      "\(finished.grouped)/\(models.count.of("model"))", best.map { "best \($0.fixed(3))" } ?? "",
      "\(left.asWholeDuration) left",
    ])
  }
}
