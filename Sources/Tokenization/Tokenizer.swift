/// The position of a token in its tokenizer's vocabulary.
public typealias TokenID = Int32

/// A reversible way to split text into numbered tokens.
///
/// A conforming type promises, for every text that it can encode:
/// - `decode(encode(text))` is `normalized(text)`, byte for byte.
/// - Decoding a prefix of the tokens gives a prefix of the decoded text, so that text can be shown while it is
///   generated.
///
/// A tokenizer has no token for the boundary between documents. The model adds one after the last of the vocabulary.
///
/// Text is passed as valid UTF-8 bytes, so that encoding a corpus allocates nothing per document.
public protocol Tokenizer: Sendable {
  /// The name of this kind of tokenizer on the command line and in model files.
  static var name: String { get }

  /// The purpose of this kind of tokenizer, in one sentence.
  static var summary: String { get }

  /// The settings of this kind of tokenizer.
  static var settings: [TokenizerSetting] { get }

  /// Builds a tokenizer whose vocabulary covers `documents`. Settings that are not given have their default values.
  init(training documents: Documents, settings: [String: String]) throws(TokenizerError)

  /// Rebuilds a tokenizer from its description in a model file, and refuses a description that it does not understand.
  init(_ description: TokenizerDescription) throws(TokenizerError)

  /// The description that `init(_:)` rebuilds an equal tokenizer from.
  var description: TokenizerDescription { get }

  /// All tokens, in order.
  var vocabulary: Vocabulary { get }

  /// The token that replaces text outside the vocabulary; `nil` (the default) if such text is an error.
  var unknown: TokenID? { get }

  /// Sentences for the user about this tokenizer on this machine, for example that its Unicode rules differ from those
  /// of training. None by default.
  var warnings: [String] { get }

  /// How other programs can tokenize as this tokenizer does, for `swiftlet export`. By default they cannot.
  var exportRule: ExportRule { get }

  /// Returns the normal form of `text`, which is what `decode` gives back, or `nil` if `text` is in that form already.
  ///
  /// The normal form of a normal form is itself.
  func normalized(_ text: Span<UInt8>) throws(TokenizerError) -> [UInt8]?

  /// Appends the tokens of `text`, which is valid UTF-8 in normal form, to `tokens`.
  ///
  /// - Throws: An error that names the text outside the vocabulary and its offset. Nothing is dropped silently.
  func encodeNormalized(_ text: Span<UInt8>, into tokens: inout [TokenID]) throws(TokenizerError)

  /// Appends the tokens of `text` as `encodeNormalized(_:into:)` does, and calls `report` with the range of each piece
  /// that the `unknown` token replaces.
  ///
  /// Only a tokenizer with an `unknown` token needs to implement it: bits per byte count what spelling these pieces
  /// costs.
  func encodeNormalized(
    _ text: Span<UInt8>, into tokens: inout [TokenID], reportingUnknown report: (Range<Int>) -> Void
  ) throws(TokenizerError)

  /// Returns the UTF-8 bytes of the text that `tokens` encode.
  func decode(_ tokens: Span<TokenID>) -> [UInt8]
}

extension Tokenizer {
  public var unknown: TokenID? { nil }
  public var warnings: [String] { [] }
  public var exportRule: ExportRule { ExportRule() }

  public func encodeNormalized(
    _ text: Span<UInt8>, into tokens: inout [TokenID], reportingUnknown report: (Range<Int>) -> Void
  ) throws(TokenizerError) {
    try encodeNormalized(text, into: &tokens)
  }

  /// The tokens that are never sampled, because they do not stand for their own text: the unknown token.
  public var unsampled: Set<TokenID> { unknown.map { [$0] } ?? [] }

  /// Builds a tokenizer with default settings whose vocabulary covers `documents`.
  public init(training documents: Documents) throws(TokenizerError) {
    try self.init(training: documents, settings: [:])
  }

  /// Appends the tokens of `text`, which is valid UTF-8, to `tokens`.
  public func encode(_ text: Span<UInt8>, into tokens: inout [TokenID]) throws(TokenizerError) {
    if let normal = try normalized(text) {
      try encodeNormalized(normal.span, into: &tokens)
    } else {
      try encodeNormalized(text, into: &tokens)
    }
  }

  /// Returns the tokens of `text`.
  public func encode(_ text: String) throws(TokenizerError) -> [TokenID] {
    var tokens: [TokenID] = []
    let bytes = Array(text.utf8)
    try encode(bytes.span, into: &tokens)
    return tokens
  }

  /// Returns the normal form of `text`.
  public func normalized(_ text: String) throws(TokenizerError) -> String {
    let bytes = Array(text.utf8)
    return String(decoding: try normalized(bytes.span) ?? bytes, as: UTF8.self)
  }

  /// Returns the UTF-8 bytes of the text that `tokens` encode.
  public func decode(_ tokens: some Sequence<TokenID>) -> [UInt8] {
    let tokens = Array(tokens)
    return decode(tokens.span)
  }

  /// Returns the text that `tokens` encode. Invalid UTF-8, which only byte tokens can produce, becomes U+FFFD.
  public func text(of tokens: some Sequence<TokenID>) -> String {
    String(decoding: decode(tokens), as: UTF8.self)
  }
}
