import Datasets
import Files
import Parallelism
import Support
import Terminal
import Tokenization
import Training

/// What the tool noticed of a run besides what the trainer knows.
struct TrainingRun {
  var firstStep = 0
  var firstToken = 0
  var firstLoss: Double?
  /// How long the steps took, and the scores between them.
  var seconds = 0.0
  var curve: LossCurve
  var report: ReportWriter?
  var interruption: Interruption?
}

/// A run of training that a person can watch and stop: the steps, the line that shows them, metrics and checkpoints.
struct TrainingSession {
  private let trainer: Trainer
  private let tokenizer: TokenizerDescription
  private let keeping: KeepingOptions
  private let processes: any Communicator
  private let checkpointPath: String
  /// Asked for after every step, which for a small model is ten microseconds: reading the options there was one instruction in thirty.
  private let isKept: Bool
  private let checkpointEvery: Int?
  private let isQuiet: Bool

  init(
    _ trainer: Trainer, _ tokenizer: TokenizerDescription, _ keeping: KeepingOptions, _ processes: any Communicator,
    output: String, isQuiet: Bool
  ) {
    self.trainer = trainer
    self.tokenizer = tokenizer
    self.keeping = keeping
    checkpointPath = keeping.checkpointPath(output)
    isKept = keeping.isKept
    checkpointEvery = keeping.checkpointEvery
    self.processes = processes
    self.isQuiet = isQuiet || !processes.isFirst
  }

  /// Steps until the recipe is done or somebody interrupts; then the run is kept, whatever the options say. The report is kept up
  /// to date and left to the caller to end.
  func run(_ report: ReportWriter?) throws -> TrainingRun {
    if isKept && processes.isFirst { try AtomicFile.check(checkpointPath, byteCount: 0) }
    var metrics = try openMetrics()
    var run = TrainingRun(
      firstStep: trainer.step, firstToken: trainer.tokens,
      curve: LossCurve(of: trainer, points: 300, before: report?.pointsBefore ?? []))
    run.report = report
    var display = TrainingDisplay(of: trainer, samples: keeping.samples, isQuiet: isQuiet)
    defer { display.end() }
    let start = ContinuousClock.now
    var kept = start
    let isFinished = try trainer.run(
      { step in
        if step.number == 1 { run.firstLoss = Double(step.loss) }
        let now = ContinuousClock.now
        display.update(trainer, now)
        try metrics?.record(step)
        run.curve.record(step)
        run.report?.note(step, run.curve, now)
        if isCheckpointDue(now, after: kept) {
          try keep()
          kept = .now
        }
      },
      until: {
        run.interruption = processes.interruption
        return run.interruption != nil
      })
    run.seconds = start.duration(to: .now) / .seconds(1)
    if !isFinished { try keep() }
    return run
  }

  private func openMetrics() throws -> Metrics? {
    guard let path = keeping.metrics, processes.isFirst else { return nil }
    return try Metrics(path, of: trainer)
  }

  private func isCheckpointDue(_ now: ContinuousClock.Instant, after kept: ContinuousClock.Instant) -> Bool {
    guard isKept else { return false }
    if let steps = checkpointEvery { return trainer.step.isMultiple(of: steps) }
    return kept.duration(to: now) >= .seconds(10)
  }

  private func keep() throws {
    guard processes.isFirst else { return }
    try Checkpoint(of: trainer, tokenizer: tokenizer).write(to: checkpointPath)
  }
}
