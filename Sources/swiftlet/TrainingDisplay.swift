import Datasets
import Inference
import Support
import SwiftletKit
import Terminal
import Training

/// The progress of training on standard error: a line that is redrawn, and samples above it now and then.
struct TrainingDisplay {
  private var line: LiveLine
  private let isQuiet: Bool
  private let samples: Int
  /// The time of the next samples. The pause after them doubles each time, up to a minute.
  private var samplesDue: ContinuousClock.Instant
  private var pause: Duration
  private let start = ContinuousClock.now
  private let firstStep: Int
  private let firstToken: Int
  private var curve: [Double] = []

  init(of trainer: Trainer, samples: Int, isQuiet: Bool) {
    self.isQuiet = isQuiet
    self.samples = samples
    line = LiveLine(on: .error)
    pause = .seconds(StandardStream.error.isTerminal ? 1 : 5)
    samplesDue = start.advanced(by: pause)
    firstStep = trainer.step
    firstToken = trainer.tokens
  }

  /// Redraws the line and shows samples where they are due.
  mutating func update(_ trainer: Trainer, _ now: ContinuousClock.Instant) {
    guard !isQuiet else { return }
    if samples > 0 && now >= samplesDue { showSamples(of: trainer, now) }
    guard line.isDue(now) else { return }
    curve.append(trainer.meanLoss ?? .nan)
    let seconds = start.duration(to: now) / .seconds(1)
    let done = trainer.step - firstStep
    let left = seconds / Double(max(1, done)) * Double(trainer.recipe.steps - trainer.step)
    line.show([
      "step \(trainer.step.grouped)/\(trainer.recipe.steps.grouped)",
      "loss \((trainer.meanLoss ?? .nan).fixed(3))",
      trainer.score.map { "held out \($0.natsPerToken.fixed(3))" } ?? "",
      trainer.score.map { $0.unknownShare > 0 ? "\($0.unknownShare.percent) unknown" : "" } ?? "",
      "\((Double(trainer.tokens - firstToken) / max(seconds, 1e-6)).abbreviated) tokens/s",
      "\(left.asWholeDuration) left",
    ]) { width in
      Self.showsBlocks && curve.count > 2 && width >= 4 ? sparkline(curve, width: min(10, width)) : ""
    }
  }

  /// Shows a sentence above the line.
  mutating func note(_ sentence: String) {
    if !isQuiet { line.insert([sentence.escapingInvisibles]) }
  }

  private mutating func showSamples(of trainer: Trainer, _ now: ContinuousClock.Instant) {
    let heading = "step \(trainer.step.grouped)  "
    if let lines = try? sampleLines(samples, of: trainer.currentModel, heading: heading, width: line.width) {
      line.insert(lines)
    }
    samplesDue = now.advanced(by: pause)
    pause = min(pause * 2, .seconds(60))
  }

  /// Clears the line.
  mutating func end() { line.clear() }

  /// True if the terminal's encoding has block characters.
  static let showsBlocks: Bool = {
    let locale = environment("LC_ALL") ?? environment("LC_CTYPE") ?? environment("LANG") ?? ""
    return locale.uppercased().contains("UTF-8") || locale.uppercased().contains("UTF8")
  }()
}

/// Returns samples of `model`, side by side in lines of `width` columns.
func sampleLines(_ count: Int, of model: Model, heading: String, width: Int) throws -> [String] {
  var options = SamplingOptions()
  options.maxTokens = width
  let texts = try model.samples(0..<count, options: options).map { sample in
    sample.text.isEmpty ? "(nothing)" : sample.text.escapingInvisibles + (sample.isComplete ? "" : "…")
  }
  return sideBySide(texts, heading: heading, width: width)
}
