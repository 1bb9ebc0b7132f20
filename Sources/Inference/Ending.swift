/// The reason why a generated text is no longer than it is.
public enum Ending: Sendable, Equatable {
  /// The model predicted the end of the text.
  case boundary
  /// The text contained the stop text.
  case stop
  /// The text has as many tokens as were allowed.
  case limit
  /// The text fills the model's context, and no number of tokens was given beyond which it would go on.
  case context

  /// True if the text was meant to end here, false if it was cut off by a limit or by the context.
  public var isComplete: Bool { self == .boundary || self == .stop }
}
