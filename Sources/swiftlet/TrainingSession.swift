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
}

/// The fourth stage of training: the steps, the progress line, metrics and checkpoints, until the end or an
/// interruption.
struct TrainingSession {
  private let trainer: Trainer
  private let keeping: KeepingOptions
  private let processes: any Communicator
  private let checkpointPath: String
  /// Copied from the options, because a step of a small model takes ten microseconds and reading an option is not free.
  private let writesCheckpoints: Bool
  private let checkpointEvery: Int?
  private let isQuiet: Bool

  init(_ trainer: Trainer, _ plan: TrainingPlan) {
    self.trainer = trainer
    keeping = plan.keeping
    checkpointPath = keeping.checkpointPath(plan.output)
    writesCheckpoints = keeping.writesCheckpoints
    checkpointEvery = keeping.checkpointEvery
    processes = plan.processes
    isQuiet = plan.isQuiet
  }

  /// Trains until the recipe is finished or interrupted. An interrupted run always writes a checkpoint. The caller ends
  /// the report.
  func run(_ report: ReportWriter?) throws -> TrainingRun {
    if writesCheckpoints && processes.isFirst { try AtomicFile.check(checkpointPath, byteCount: 0) }
    var metrics = try openMetrics()
    var run = TrainingRun(
      firstStep: trainer.step, firstToken: trainer.tokens,
      curve: LossCurve(of: trainer, points: 300, before: report?.pointsBefore ?? []))
    run.report = report
    var display = TrainingDisplay(of: trainer, samples: keeping.samples, isQuiet: isQuiet)
    defer { display.end() }
    let start = ContinuousClock.now
    var written = start
    let isFinished = try trainer.run(
      { step in
        if step.number == 1 { run.firstLoss = Double(step.loss) }
        let now = ContinuousClock.now
        display.update(trainer, now)
        try metrics?.record(step)
        run.curve.record(step)
        run.report?.note(step, run.curve, now)
        if isCheckpointDue(now, after: written) {
          try writeCheckpoint()
          written = .now
        }
      },
      until: {
        run.interruption = processes.interruption
        return run.interruption != nil
      })
    run.seconds = start.duration(to: .now) / .seconds(1)
    if !isFinished { try writeCheckpoint() }
    return run
  }

  private func openMetrics() throws -> Metrics? {
    guard let path = keeping.metrics, processes.isFirst else { return nil }
    return try Metrics(path, of: trainer)
  }

  private func isCheckpointDue(_ now: ContinuousClock.Instant, after written: ContinuousClock.Instant) -> Bool {
    guard writesCheckpoints else { return false }
    if let steps = checkpointEvery { return trainer.step.isMultiple(of: steps) }
    return written.duration(to: now) >= .seconds(10)
  }

  private func writeCheckpoint() throws {
    guard processes.isFirst else { return }
    try Checkpoint(of: trainer, tokenizer: trainer.data.tokenizer.description).write(to: checkpointPath)
  }
}
