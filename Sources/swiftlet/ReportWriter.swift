import Datasets
import Export
import Files
import Report
import Support
import Terminal
import Training

/// Keeps the page of a run up to date while it goes on.
struct ReportWriter {
  private let path: String
  /// What the page of an earlier part of the run says of its curve.
  let pointsBefore: [LossCurve.Point]
  private var report: Report
  private var written = ContinuousClock.now

  /// `--report` for the run of `trainer`, whose model will be `output`. Finds out at once whether the page can be written.
  init(_ path: String, of trainer: Trainer, output: String, notes: [String]) throws {
    self.path = path
    try AtomicFile.check(path, byteCount: 0)
    let history =
      trainer.step > 0 && InputFile.exists(path)
      ? Report.History(in: try InputFile.contents(of: path, upTo: memoryForText), through: trainer.step) : nil
    pointsBefore = history?.points ?? []
    report = Report(
      of: trainer, title: FileName.stem(of: FileName.last(of: output)),
      command: Self.command(trainer.recipe), notes: notes, history: history)
  }

  /// What makes the same model again: this command, with what its seconds came to.
  private static func command(_ recipe: Recipe) -> String {
    var words = ["swiftlet"] + CommandLine.arguments.dropFirst()
    if let given = words.firstIndex(where: { $0 == "--seconds" || $0.hasPrefix("--seconds=") }) {
      let found = [
        ("--layers", recipe.layers), ("--context", recipe.context), ("--steps", recipe.steps),
        ("--evaluate-every", recipe.evaluateEvery),
      ].filter { option, _ in !words.contains { $0 == option || $0.hasPrefix(option + "=") } }
      let end = min(words.count, given + (words[given] == "--seconds" ? 2 : 1))
      words.replaceSubrange(given..<end, with: found.flatMap { [$0, "\($1)"] })
    }
    return words.map(\.quotedForShell).joined(separator: " ")
  }

  /// Writes the page if that was not done in the last two seconds. A page that cannot be written now is no reason to stop: `end` tries
  /// again, and says so.
  mutating func note(_ step: Step, _ curve: LossCurve, _ now: ContinuousClock.Instant) {
    report.record(step)
    guard written.duration(to: now) > .seconds(2) else { return }
    try? write(curve, .running)
    written = .now
  }

  /// Writes the page for the last time.
  mutating func end(_ curve: LossCurve, isFinished: Bool) throws {
    try report.measureNovelty()
    try write(curve, isFinished ? .finished : .interrupted)
  }

  private func write(_ curve: LossCurve, _ state: Report.State) throws {
    let file = try AtomicFile(replacing: path)
    try file.write(report.html(curve, state))
    try file.commit()
  }
}
