/// The reason why no text can be generated.
public enum SamplingError: Error, Equatable {
  /// An option has a value that nothing can be sampled with; the string is the whole sentence.
  case invalidOption(String)
  /// The prompt leaves no room for a further token.
  case promptTooLong(tokens: Int, context: Int)
  /// The model's logits are not finite, so that there is no distribution to sample from.
  case logitsNotFinite
}

extension SamplingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .invalidOption(let sentence): sentence
    case .promptTooLong(let tokens, let context):
      "the prompt has \(tokens) tokens, and a model with a context of \(context) can continue at most \(context - 1); "
        + "shorten the prompt."
    case .logitsNotFinite:
      "the model's logits are not finite: its weights are too large to calculate with. Train it again at a lower "
        + "learning rate, or with --clip 1."
    }
  }
}
