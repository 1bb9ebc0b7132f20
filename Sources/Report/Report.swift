import Inference
import SwiftletKit
import Training

/// An HTML report of a training run, during the run and after it.
///
///     var report = Report(of: trainer, title: "names", command: "swiftlet train names.txt")
///     try trainer.run { step in
///       curve.record(step)
///       report.record(step)
///     }
///     let page = report.html(curve, .finished)
package struct Report {
  /// The state of the run.
  package enum State: Sendable {
    case running, interrupted, finished
  }

  /// Texts sampled from the model after a step.
  struct Samples {
    let step: Int
    let texts: [String]
  }

  /// The number of sampled texts that are new, and of distinct ones.
  struct Novelty {
    let texts: Int
    let distinct: Int
    let new: Int
  }

  let trainer: Trainer
  let title: String
  let command: String
  let notes: [String]
  /// Sentences about other settings, after the run.
  package var advice: [String] = []
  private(set) var samples: [Samples]
  private(set) var novelty: Novelty?
  /// The steps after which texts are sampled: dense at first, where the model improves most.
  private let samplingSteps: Set<Int>

  /// Starts the report of a run.
  ///
  /// - Parameters:
  ///   - command: The command that reproduces the run.
  ///   - notes: Sentences about the corpus.
  ///   - history: The contents of a report of the run up to now, if it is resumed.
  package init(
    of trainer: Trainer, title: String, command: String, notes: [String] = [], history: History? = nil
  ) {
    self.trainer = trainer
    self.title = title
    self.command = command
    self.notes = notes
    samples = history?.samples ?? []
    let all = trainer.recipe.steps
    samplingSteps = Set([all / 64, all / 16, all / 4, all].map { max(1, $0) })
    if trainer.step == 0 { sample() }
  }

  /// Records a step of the run, and samples texts after some steps.
  package mutating func record(_ step: Step) {
    if samplingSteps.contains(step.number) { sample() }
  }

  private mutating func sample() {
    let options = SamplingOptions(seed: trainer.recipe.seed)
    // A diverged model cannot be sampled. The run ends with an error then, so the report needs none.
    guard let texts = try? trainer.currentModel.samples(0..<4, options: options) else { return }
    samples.append(Samples(step: trainer.step, texts: texts.map { $0.isComplete ? $0.text : $0.text + "…" }))
  }

  /// Samples 200 texts and counts those that are not in the corpus.
  package mutating func measureNovelty() throws {
    let model = trainer.model
    let texts = try model.samples(
      0..<200, options: SamplingOptions(seed: trainer.recipe.seed)
    )
    .map(\.text)
    novelty = Novelty(
      texts: texts.count, distinct: Set(texts.map { Array($0.utf8) }).count,
      new: texts.count { model.isNew($0) != false })
  }
}
