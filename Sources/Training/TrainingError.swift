import Support
import Tokenization

/// Why a run cannot begin or go on, as a sentence that says where and what to do.
public enum TrainingError: Error, Equatable {
  /// The recipe has a value that nothing can be trained with; the string is the whole sentence.
  case badRecipe(String)
  /// No document is left to learn from.
  case nothingToLearn
  /// Step `step`, counted from 1, gave a loss or gradient that is no number. What was learned before it is untouched.
  case notFinite(step: Int, learningRate: Double, loss: Float, gradientNorm: Float)
  /// The model of step `step` finds a held-out document infinitely unlikely.
  case scoreNotFinite(step: Int, learningRate: Double)
  /// A file is not a checkpoint; the string is the whole sentence.
  case badCheckpoint(String)
  /// A model that is to be trained further does not know these characters or words of the corpus.
  case unknownPieces([String])
  /// A checkpoint is of another run; the strings say in what.
  case cannotResume([String])
}

extension TrainingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .badRecipe(let sentence), .badCheckpoint(let sentence): sentence
    case .unknownPieces(let pieces):
      "the model does not know \(pieces.count == 1 ? "one token" : "\(pieces.count) tokens") of this corpus: "
        + pieces.prefix(10).map { "“\($0.escapingInvisibles)”" }.joined(separator: ", ") + (pieces.count > 10 ? ", …" : "")
        + ". Add them with --grow-vocabulary, or take them out of the corpus."
    case .cannotResume(let differences):
      "the checkpoint (there) is of another run than this one (here): " + differences.joined(separator: "; ")
        + ". Make them the same, or begin anew without --resume."
    case .nothingToLearn: "there is no document to learn from."
    case .notFinite(let step, let learningRate, let loss, let gradientNorm):
      "training went astray at step \(step): the loss is \(inWords(loss)) and the gradient's length \(inWords(gradientNorm)), at a learning rate of "
        + "\(learningRate). Use a lower learning rate, or shorten long gradients with --clip 1."
    case .scoreNotFinite(let step, let learningRate):
      "after step \(step) the held-out loss is not a number, at a learning rate of \(learningRate). "
        + "Use a lower learning rate, or shorten long gradients with --clip 1."
    }
  }
}

/// `number` as a person says it, also when it is none.
private func inWords(_ number: Float) -> String {
  number.isNaN ? "not a number" : number.isInfinite ? "infinite" : "\(number)"
}
