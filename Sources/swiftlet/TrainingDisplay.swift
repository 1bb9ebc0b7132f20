import Terminal
import Training

/// What a person sees while a model learns: one line on standard error.
struct TrainingDisplay {
  private var line: LiveLine
  private let isQuiet: Bool
  private let start = ContinuousClock.now
  private let firstStep: Int
  private let firstToken: Int
  private var course: [Double] = []

  init(of trainer: Trainer, isQuiet: Bool) {
    self.isQuiet = isQuiet
    line = LiveLine(on: .error)
    firstStep = trainer.step
    firstToken = trainer.tokens
  }

  /// Shows where `trainer` is, if the line was not drawn a moment ago.
  mutating func update(_ trainer: Trainer, _ now: ContinuousClock.Instant) {
    guard !isQuiet && line.isDue(now) else { return }
    course.append(trainer.meanLoss ?? .nan)
    let seconds = start.duration(to: now) / .seconds(1)
    let done = trainer.step - firstStep
    let left = seconds / Double(max(1, done)) * Double(trainer.recipe.steps - trainer.step)
    line.show([
      "step \(trainer.step.grouped)/\(trainer.recipe.steps.grouped)",
      "loss \((trainer.meanLoss ?? .nan).fixed(3))",
      trainer.score.map { "held out \($0.natsPerToken.fixed(3))" } ?? "",
      "\((Double(trainer.tokens - firstToken) / max(seconds, 1e-6)).abbreviated) tokens/s",
      "\(left.asWholeDuration) left",
    ]) { width in
      Self.showsBlocks && course.count > 2 && width >= 4 ? sparkline(course, width: min(10, width)) : ""
    }
  }

  /// Clears the line for what follows.
  mutating func end() { line.clear() }

  /// Whether the terminal's encoding has block characters.
  private static let showsBlocks: Bool = {
    let locale = environment("LC_ALL") ?? environment("LC_CTYPE") ?? environment("LANG") ?? ""
    return locale.uppercased().contains("UTF-8") || locale.uppercased().contains("UTF8")
  }()
}
