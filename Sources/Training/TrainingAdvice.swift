import GPT
import Support

/// Advice after a run: a sentence for each sign that other settings would serve better, or that a number is rough.
package enum TrainingAdvice {
  /// Returns the advice that applies to a finished run.
  package static func sentences(for trainer: Trainer, _ curve: LossCurve) -> [String] {
    let tokenizer = trainer.data.tokenizer
    let canChooseTokenizer = tokenizer.description.name == "word" && trainer.recipe.from == nil
    let divergence = divergence(
      losses: curve.points.map(\.loss), vocabulary: trainer.engine.configuration.vocabulary, trainer.recipe.optimizer)
    return [
      canChooseTokenizer ? rareWords(vocabulary: tokenizer.vocabulary.count, tokens: trainer.tokens) : nil,
      divergence,
      // A run that diverged has its best model early, for the same reason.
      divergence == nil
        ? trainer.best.flatMap { earlyBest(step: $0.step, of: trainer.step, trainer.recipe.optimizer) } : nil,
      trainer.data.heldOut.flatMap {
        fewHeldOut(documents: trainer.data.identity.heldOutDocuments, tokens: $0.predictionCount)
      },
    ].compactMap(\.self)
  }

  /// Words that occurred less than ten times on average, in a vocabulary that can be made smaller.
  static func rareWords(vocabulary: Int, tokens: Int) -> String? {
    guard vocabulary > 2000 && tokens < 10 * vocabulary else { return nil }
    return "Most words were seen too rarely to learn: try --max-vocabulary 2000 or --tokenizer bpe."
  }

  /// A loss that ended a quarter above its lowest, as means over a tenth of the run, or above that of guessing.
  static func divergence(losses: [Double], vocabulary: Int, _ optimizer: Optimizer = .adam) -> String? {
    let count = losses.count / 10
    guard count > 0 else { return nil }
    let means = (count...losses.count).map { losses[($0 - count)..<$0].reduce(0, +) / Double(count) }
    guard let last = means.last, let lowest = means.min() else { return nil }
    let guessing = naturalLogarithm(Double(vocabulary))
    if last > 1.25 * lowest {
      return "The loss ended at \(last.fixed(3)), well above its lowest, \(lowest.fixed(3)): "
        + "try a lower \(optimizer.rates)."
    }
    if last > 1.25 * guessing {
      return "The loss ended at \(last.fixed(3)), well above that of guessing, \(guessing.fixed(3)): "
        + "try a lower \(optimizer.rates)."
    }
    return nil
  }

  /// A best model from the first tenth of the run.
  static func earlyBest(step: Int, of steps: Int, _ optimizer: Optimizer = .adam) -> String? {
    guard 10 * step < steps else { return nil }
    return "The best model came early, after step \(step.grouped) of \(steps.grouped): "
      + "try a lower \(optimizer.rates), or a shorter run."
  }

  /// Fewer than ten held-out documents with fewer than a thousand tokens.
  static func fewHeldOut(documents: Int, tokens: Int) -> String? {
    guard documents < 10 && tokens < 1000 else { return nil }
    return "Only \(documents.of("document")) \(documents == 1 ? "is" : "are") held out, "
      + "so the held-out loss is a rough number."
  }
}

extension Optimizer {
  /// The options for its learning rates, as they stand in a sentence.
  fileprivate var rates: String { self == .muon ? "--learning-rate and --muon-rate" : "--learning-rate" }
}
