import Support

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

  /// The checked settings, or an error when this describes another kind of tokenizer or one from a newer Swiftlet.
  public func settings<Kind: Tokenizer>(
    for kind: Kind.Type, version newest: Int, declared: [TokenizerSetting]
  ) throws(TokenizerError) -> TokenizerSettings {
    guard name == kind.name else {
      throw .badDescription("this model's tokenizer is “\(name.escapingInvisibles)”, not “\(kind.name)”")
    }
    guard (1...newest).contains(version) else {
      throw .badDescription(
        "this model's \(name) tokenizer has format \(version), and this version of Swiftlet reads 1 to \(newest); "
          + "use the Swiftlet that wrote the model, or a newer one")
    }
    guard vocabulary.count > 0 else { throw .badDescription("this model's tokenizer has an empty vocabulary") }
    return try TokenizerSettings(settings, declared: declared)
  }
}
