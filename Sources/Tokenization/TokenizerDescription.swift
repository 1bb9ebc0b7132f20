/// What a model file says about its tokenizer: enough to build it again, and nothing else.
public struct TokenizerDescription: Sendable, Equatable {
  /// The kind, as in `Tokenizer.name`.
  public var name: String

  /// The version of this kind's settings; a reader refuses versions newer than its own.
  public var version: Int

  /// Every choice that changes how text is cut, written out in full, defaults included.
  public var settings: [String: String]

  /// The tokens in order.
  public var vocabulary: Vocabulary

  public init(name: String, version: Int, settings: [String: String], vocabulary: Vocabulary) {
    self.name = name
    self.version = version
    self.settings = settings
    self.vocabulary = vocabulary
  }
}
