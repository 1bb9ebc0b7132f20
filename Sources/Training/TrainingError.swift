import Support
import Tokenization

/// The reason why training cannot start or continue, as a sentence with the place and the fix.
public enum TrainingError: Error, Equatable {
  /// A setting of the recipe is out of range; the string is the whole sentence.
  case badRecipe(String)
  /// No document is left for training.
  case nothingToLearn
  /// The loss or the gradient of a step, counted from 1, is not finite. The weights are those before the step.
  case notFinite(step: Int, learningRate: Double, loss: Float, gradientNorm: Float)
  /// The held-out loss after step `step` is not finite.
  case scoreNotFinite(step: Int, learningRate: Double)
  /// A file is not a checkpoint; the string is the whole sentence.
  case badCheckpoint(String)
  /// The model to fine-tune does not know these characters or words of the corpus.
  case unknownText([String])
  /// The checkpoint belongs to another run; the strings are the differences.
  case cannotResume([String])
}

extension TrainingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .badRecipe(let sentence), .badCheckpoint(let sentence): sentence
    case .unknownText(let pieces):
      "the model does not know \(pieces.count == 1 ? "one token" : "\(pieces.count) tokens") of this corpus: "
        + pieces.prefix(10).map { "“\($0.escapingInvisibles)”" }.joined(separator: ", ")
        + (pieces.count > 10 ? ", …" : "")
        + ". Add them with --grow-vocabulary, or take them out of the corpus."
    case .cannotResume(let differences):
      "the checkpoint (there) belongs to another run than this one (here): " + differences.joined(separator: "; ")
        + ". Make them the same, or start anew without --resume."
    case .nothingToLearn: "there is no document to train on."
    case .notFinite(let step, let learningRate, let loss, let gradientNorm):
      "training diverged at step \(step): the loss is \(inWords(loss)) and the gradient norm \(inWords(gradientNorm)), "
        + "at a learning rate of \(learningRate). Try a lower --learning-rate, or --clip 1."
    case .scoreNotFinite(let step, let learningRate):
      "after step \(step) the held-out loss is not a number, at a learning rate of \(learningRate). "
        + "Try a lower --learning-rate, or --clip 1."
    }
  }
}

/// Returns `number` in digits, or in words where it is not finite.
private func inWords(_ number: Float) -> String {
  number.isNaN ? "not a number" : number.isInfinite ? "infinite" : "\(number)"
}
