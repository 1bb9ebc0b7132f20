import Datasets
import Export
import Files
import Report
import Support
import Terminal
import Training

/// Writes the HTML report of a run and refreshes it during training.
struct ReportWriter {
  private let path: String
  /// The loss curve of the run before it was resumed, from the report that it left.
  let pointsBefore: [LossCurve.Point]
  private var report: Report
  private var written = ContinuousClock.now

  /// Returns `nil` without --report. Checks at once that the report can be written.
  init?(_ plan: TrainingPlan, of trainer: Trainer, notes: [String]) throws {
    guard let path = plan.keeping.report, plan.processes.isFirst else { return nil }
    self.path = path
    try AtomicFile.check(path, byteCount: 0)
    let history =
      trainer.step > 0 && InputFile.exists(path)
      ? Report.History(in: try InputFile.contents(of: path, upTo: memoryForText), through: trainer.step) : nil
    pointsBefore = history?.points ?? []
    report = Report(
      of: trainer,
      title: FileName.stem(of: FileName.last(of: plan.output ?? plan.corpora[0])),
      command: Self.command(plan.host.words, trainer.recipe), notes: notes, history: history)
  }

  /// The command that makes the same model again: this one, with the number of steps in the place of its seconds, and
  /// its seed in the place of a random one.
  private static func command(_ words: [String], _ recipe: Recipe) -> String {
    var words = ["swiftlet"] + Seed.replacingRandom(in: words, by: recipe.seed)
    if let given = words.firstIndex(where: { $0 == "--seconds" || $0.hasPrefix("--seconds=") }) {
      let found = [
        ("--layers", recipe.shape.layers), ("--context", recipe.shape.context), ("--steps", recipe.steps),
        ("--evaluate-every", recipe.evaluateEvery),
      ].filter { option, _ in !words.contains { $0 == option || $0.hasPrefix(option + "=") } }
      let end = min(words.count, given + (words[given] == "--seconds" ? 2 : 1))
      words.replaceSubrange(given..<end, with: found.flatMap { [$0, "\($1)"] })
    }
    return words.map(\.quotedForShell).joined(separator: " ")
  }

  /// Writes the report at most every two seconds. A failure does not stop training: `end` tries again and throws.
  mutating func note(_ step: Step, _ curve: LossCurve, _ now: ContinuousClock.Instant) {
    report.record(step)
    guard written.duration(to: now) > .seconds(2) else { return }
    try? write(curve, .running)
    written = .now
  }

  /// Writes the report for the last time.
  mutating func end(_ curve: LossCurve, isFinished: Bool, advice: [String]) throws {
    report.advice = advice
    try report.measureNovelty()
    try write(curve, isFinished ? .finished : .interrupted)
  }

  private func write(_ curve: LossCurve, _ state: Report.State) throws {
    let file = try AtomicFile(replacing: path)
    try file.write(report.html(curve, state))
    try file.commit()
  }
}
