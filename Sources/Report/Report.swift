import Inference
import SwiftletKit
import Training

/// A page that shows how a run of training goes: while it goes on, and when it is done.
///
///     var report = Report(of: trainer, title: "names", command: "swiftlet train names.txt")
///     try trainer.run { step in
///       curve.record(step)
///       report.note(step)
///     }
///     let page = report.html(curve, .finished)
package struct Report {
  /// How far the run is.
  package enum State: Sendable {
    case running, interrupted, finished
  }

  /// Some texts that the model wrote on its way.
  struct Moment {
    let step: Int
    let texts: [String]
  }

  /// How many of some texts are new.
  struct Novelty {
    let texts: Int
    let different: Int
    let new: Int
  }

  let trainer: Trainer
  let title: String
  let command: String
  let notes: [String]
  private(set) var moments: [Moment]
  private(set) var novelty: Novelty?
  /// The steps after which the model is asked to write: so few at first, where it learns most.
  private let steps: Set<Int>

  static let temperature = 0.8

  /// `notes` are sentences about the corpus; `history` is what a page says of the run up to now.
  package init(
    of trainer: Trainer, title: String, command: String, notes: [String] = [], history: History? = nil
  ) {
    self.trainer = trainer
    self.title = title
    self.command = command
    self.notes = notes
    moments = history?.moments ?? []
    let all = trainer.recipe.steps
    steps = Set([all / 64, all / 16, all / 4, all].map { max(1, $0) })
    if trainer.step == 0 { noteTexts() }
  }

  /// Lets the model write, when it is time.
  package mutating func note(_ step: Step) {
    if steps.contains(step.number) { noteTexts() }
  }

  private mutating func noteTexts() {
    let options = SamplingOptions(temperature: Self.temperature, seed: trainer.recipe.seed)
    // A model whose numbers are none writes nothing, and ends the run, which says so.
    guard let texts = try? trainer.presentModel.samples(0..<4, options) else { return }
    moments.append(Moment(step: trainer.step, texts: texts.map(\.text)))
  }

  /// Has the model write 200 texts, and counts those that stand in the corpus.
  package mutating func judgeNovelty() throws {
    let model = trainer.model
    let texts = try model.samples(0..<200, SamplingOptions(temperature: Self.temperature, seed: trainer.recipe.seed))
      .map(\.text)
    novelty = Novelty(
      texts: texts.count, different: Set(texts.map { Array($0.utf8) }).count,
      new: texts.count { model.isNew($0) != false })
  }
}
