import Inference
import Support
import SwiftletKit
import Terminal
import Training

/// The progress of training on standard error: a line that is redrawn, and samples above it now and then.
struct TrainingDisplay {
  private var line: LiveLine
  private let samples: Int
  private var sampleTimes: SampleTimes
  private let pace: TrainingPace
  private var curve: [Double] = []

  init(of trainer: Trainer, samples: Int) {
    self.samples = samples
    line = LiveLine(on: .error)
    sampleTimes = SampleTimes(firstAfter: .seconds(StandardStream.error.isTerminal ? 1 : 5))
    pace = TrainingPace(of: trainer)
  }

  /// Redraws the line and shows samples where they are due.
  mutating func update(_ trainer: Trainer, _ now: ContinuousClock.Instant) {
    if samples > 0 && sampleTimes.areDue(now) {
      if let lines = try? sampleLines(samples, during: trainer, width: line.width) { line.insert(lines) }
    }
    guard line.isDue(now) else { return }
    curve.append(trainer.meanLoss ?? .nan)
    line.show([
      "step \(trainer.step.grouped)/\(trainer.recipe.steps.grouped)",
      "loss \((trainer.meanLoss ?? .nan).fixed(3))",
      trainer.score.map { "held out \($0.natsPerToken.fixed(3))" } ?? "",
      trainer.score.map { $0.unknownShare > 0 ? "\($0.unknownShare.percent) unknown" : "" } ?? "",
      "\(pace.tokensPerSecond(trainer, now).abbreviated) tokens/s",
      "\(pace.secondsLeft(trainer, now).asWholeDuration) left",
    ]) { width in
      Self.showsBlocks && curve.count > 2 && width >= 4 ? sparkline(curve, width: min(10, width)) : ""
    }
  }

  /// Shows a sentence above the line.
  mutating func note(_ sentence: String) { line.insert([sentence.escapingInvisibles]) }

  /// Clears the line.
  mutating func end() { line.clear() }

  /// True if the terminal's encoding has block characters.
  static let showsBlocks: Bool = {
    let locale = environment("LC_ALL") ?? environment("LC_CTYPE") ?? environment("LANG") ?? ""
    return locale.uppercased().contains("UTF-8") || locale.uppercased().contains("UTF8")
  }()
}

/// Returns samples of the model after the present step, side by side in lines of `width` columns.
func sampleLines(_ count: Int, during trainer: Trainer, width: Int) throws -> [String] {
  try sampleLines(count, of: trainer.currentModel, heading: "step \(trainer.step.grouped)  ", width: width)
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
