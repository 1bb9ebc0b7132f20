import Datasets
import Files
import Parallelism
import Support
import Terminal
import Tokenization
import Training

/// The record of a run besides the trainer's own.
struct TrainingRun {
  var firstStep = 0
  var firstToken = 0
  var firstLoss: Double?
  /// The duration of the steps and the scores between them.
  var seconds = 0.0
  var curve: LossCurve
  var report: ReportWriter?
  var interruption: Interruption?
  /// True if the checkpoint file is this run's.
  var hasCheckpoint = false

  var isFinished: Bool { interruption == nil }
}

/// The fourth stage of training: the steps, the progress line, metrics and checkpoints, until the end or an
/// interruption.
struct TrainingSession {
  private let trainer: Trainer
  private let keeping: KeepingOptions
  private let processes: any Communicator
  private let host: any TrainingHost
  /// `nil` if the run writes no checkpoints.
  private let checkpointPath: String?
  /// The number of steps between checkpoints, copied from the options, because reading an option is not free and a step
  /// of a small model takes ten microseconds.
  private let checkpointEvery: Int?
  private let isResumed: Bool

  init(_ trainer: Trainer, _ plan: TrainingPlan) {
    self.trainer = trainer
    keeping = plan.keeping
    checkpointPath = plan.processes.isFirst ? plan.checkpointPath : nil
    checkpointEvery = keeping.checkpointEvery
    processes = plan.processes
    host = plan.host
    isResumed = trainer.step > 0
  }

  /// Trains until the recipe is finished or interrupted. An interrupted run always writes a checkpoint. The caller ends
  /// the report.
  func run(_ report: ReportWriter?) throws -> TrainingRun {
    var metrics = try openMetrics()
    var run = TrainingRun(
      firstStep: trainer.step, firstToken: trainer.tokens,
      curve: LossCurve(of: trainer, points: 300, before: report?.pointsBefore ?? []))
    run.report = report
    host.didBegin(trainer)
    defer { host.didEnd(trainer) }
    let start = ContinuousClock.now
    var timer = CheckpointTimer(start, every: checkpointEvery)
    let isFinished = try trainer.run(
      { step in
        if step.number == 1 { run.firstLoss = Double(step.loss) }
        let now = ContinuousClock.now
        host.didAdvance(trainer, now)
        try metrics?.record(step)
        run.curve.record(step)
        run.report?.note(step, run.curve, now)
        if timer.isDue(step.number, now) {
          do {
            try writeCheckpoint(isFirst: timer.isFirst)
            timer.restart(after: now)
          } catch let error where !keeping.demandsCheckpoints {
            host.note("\(error) Training continues without checkpoints.")
            timer.stop()
          }
        }
      },
      until: {
        run.interruption = host.interruption
        return run.interruption != nil
      })
    run.seconds = start.duration(to: .now) / .seconds(1)
    run.hasCheckpoint = isResumed || !timer.isFirst
    if !isFinished { try writeCheckpoint(isFirst: timer.isFirst) }
    return run
  }

  private func openMetrics() throws -> Metrics? {
    guard let path = keeping.metrics, processes.isFirst else { return nil }
    return try Metrics(path, of: trainer)
  }

  /// Replaces the checkpoint. The first of a new run keeps that of another run, which was interrupted, as `.previous`.
  private func writeCheckpoint(isFirst: Bool) throws {
    guard let checkpointPath else { return }
    try Checkpoint(of: trainer, tokenizer: trainer.data.tokenizer.description)
      .write(to: checkpointPath, keepingPrevious: isFirst && !isResumed)
  }

  /// Removes the checkpoint of the finished run, whose model is written.
  func removeCheckpoint() throws {
    if let checkpointPath { try AtomicFile.remove(checkpointPath) }
  }
}

/// The times at which a run writes checkpoints.
private struct CheckpointTimer {
  private let every: Int?
  private var last: ContinuousClock.Instant
  /// At least ten seconds, and so long that writing takes less than a twentieth of the time.
  private var pause = Duration.seconds(10)
  /// True until the first checkpoint is written.
  private(set) var isFirst = true

  init(_ start: ContinuousClock.Instant, every: Int?) {
    last = start
    self.every = every
  }

  func isDue(_ step: Int, _ now: ContinuousClock.Instant) -> Bool {
    if let every { return step.isMultiple(of: every) }
    return last.duration(to: now) >= pause
  }

  /// Ends the writing of checkpoints.
  mutating func stop() { pause = .seconds(Int64.max) }

  /// Notes that a checkpoint was written from `start` until now.
  mutating func restart(after start: ContinuousClock.Instant) {
    last = .now
    pause = max(.seconds(10), start.duration(to: last) * 20)
    isFirst = false
  }
}
