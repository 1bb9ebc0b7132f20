import Support

/// The part of a model file from which its tokenizer is rebuilt.
public struct TokenizerDescription: Sendable, Equatable {
  /// The kind of tokenizer: its `Tokenizer.name`.
  public var name: String

  /// The format version of this kind. A reader refuses versions newer than its own.
  public var version: Int

  /// All settings that affect tokenization, defaults included.
  public var settings: [String: String]

  /// The tokens in order.
  public var vocabulary: Vocabulary

  /// A description of these parts; `settings(for:version:declared:)` checks them.
  public init(name: String, version: Int, settings: [String: String], vocabulary: Vocabulary) {
    self.name = name
    self.version = version
    self.settings = settings
    self.vocabulary = vocabulary
  }

  /// Returns the checked settings.
  ///
  /// - Throws: An error if this describes another kind of tokenizer, a version newer than `newest`, an empty vocabulary
  ///   or a setting that is not `declared`.
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
