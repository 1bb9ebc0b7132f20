import CommandOptions
import Datasets
import Parallelism
import Support
import Sweeps
import Synchronization
import Terminal
import Training

/// Trains models, several at a time, each on its own thread.
///
/// It is `@unchecked Sendable` because the threads access its variables while they hold `mutex` alone; before and after
/// them, only the thread that calls `run` does.
final class SweepRun: @unchecked Sendable {
  private let models: [SweptModel]
  private let table: SweepTable
  private let isQuiet: Bool
  private let start = ContinuousClock.now
  /// Guards the properties below.
  private let mutex = Mutex(())
  private var next = 0
  private var finished = 0
  private var best: Double?
  private var failure: (any Error)?
  private var line = LiveLine(on: .error)

  init(_ models: [SweptModel], _ table: SweepTable, isQuiet: Bool) {
    self.models = models
    self.table = table
    self.isQuiet = isQuiet
  }

  /// Trains until all models have a row, an error is not that of a model's settings, or the sweep is interrupted.
  func run(jobs: Int) throws {
    ThreadTeam(count: jobs).run { _ in
      while let model = take() { finish(model, Result { try model.train() }) }
    }
    line.clear()
    if let failure { throw failure }
    if let interruption = Interruption.caught, finished < models.count {
      throw Failure(
        interruption == .interrupt ? .interrupted : .terminated,
        "interrupted with \(finished.grouped) of \(models.count.of("model")) done; the same command continues.")
    }
  }

  private func take() -> SweptModel? {
    mutex.withLock { _ in
      guard next < models.count, failure == nil, Interruption.caught == nil else { return nil }
      defer { next += 1 }
      return models[next]
    }
  }

  private func finish(_ model: SweptModel, _ outcome: Result<TrainingSummary, any Error>) {
    mutex.withLock { _ in
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

  private func show() {
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
