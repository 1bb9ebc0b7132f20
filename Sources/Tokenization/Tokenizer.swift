/// The position of a token in its tokenizer's vocabulary.
public typealias TokenID = Int32

/// A reversible way to cut text into numbered pieces.
///
/// A conforming type promises, for every text it can encode, that `decode(encode(text))` is `normalize(text)`, byte for byte,
/// and that decoding a prefix of the tokens gives a prefix of the decoded text (so that text can be written as it is generated).
/// It knows nothing of document boundaries: those are the model's, which numbers them after the vocabulary.
///
/// Text travels as valid UTF-8 bytes, so that encoding a corpus allocates nothing for each document.
public protocol Tokenizer: Sendable {
  /// The name that model files and the command line call this kind of tokenizer by.
  static var name: String { get }

  /// What this kind is for, in one sentence.
  static var summary: String { get }

  /// The choices this kind offers.
  static var settings: [TokenizerSetting] { get }

  /// Builds a tokenizer whose vocabulary covers `documents`; settings that are not given have their standard values.
  init(training documents: Documents, settings: [String: String]) throws(TokenizerError)

  /// Rebuilds a tokenizer from what a model file says, refusing what this version does not understand.
  init(_ description: TokenizerDescription) throws(TokenizerError)

  /// What a model file stores so that `init(_:)` can build this tokenizer again.
  var description: TokenizerDescription { get }

  /// Every token, in order.
  var vocabulary: Vocabulary { get }

  /// Tokens that stand for something else than their text, such as the unknown word, and are therefore never sampled.
  var unsampled: Set<TokenID> { get }

  /// The token that stands for every piece outside the vocabulary, where there is one.
  var unknown: TokenID? { get }

  /// What the person should know before trusting this tokenizer here, such as text rules that differ from those it was trained with.
  var warnings: [String] { get }

  /// The one documented change that encoding makes to a text before it is cut; `nil` when it leaves the text as it is.
  func changed(_ text: Span<UInt8>) throws(TokenizerError) -> [UInt8]?

  /// Appends the tokens of `text`, which is valid UTF-8 and as `changed` leaves it, to `tokens`.
  func cut(_ text: Span<UInt8>, into tokens: inout [TokenID]) throws(TokenizerError)

  /// The UTF-8 bytes that `tokens` stand for.
  func decode(_ tokens: Span<TokenID>) -> [UInt8]
}

extension Tokenizer {
  public var unsampled: Set<TokenID> { [] }
  public var unknown: TokenID? { nil }
  public var warnings: [String] { [] }

  /// Builds a tokenizer with standard settings whose vocabulary covers `documents`.
  public init(training documents: Documents) throws(TokenizerError) {
    try self.init(training: documents, settings: [:])
  }

  /// What `text` becomes before it is cut.
  public func normalize(_ text: Span<UInt8>) throws(TokenizerError) -> [UInt8] {
    try changed(text) ?? Array(copying: text)
  }

  /// Appends the tokens of `text`, which is valid UTF-8, to `tokens`.
  public func encode(_ text: Span<UInt8>, into tokens: inout [TokenID]) throws(TokenizerError) {
    if let changed = try changed(text) {
      try cut(changed.span, into: &tokens)
    } else {
      try cut(text, into: &tokens)
    }
  }

  /// The tokens of `text`.
  public func encode(_ text: String) throws(TokenizerError) -> [TokenID] {
    var tokens: [TokenID] = []
    let bytes = Array(text.utf8)
    try encode(bytes.span, into: &tokens)
    return tokens
  }

  /// What `text` becomes before it is cut.
  public func normalize(_ text: String) throws(TokenizerError) -> String {
    let bytes = Array(text.utf8)
    return String(decoding: try normalize(bytes.span), as: UTF8.self)
  }

  /// The UTF-8 bytes that `tokens` stand for.
  public func decode(_ tokens: some Sequence<TokenID>) -> [UInt8] {
    let tokens = Array(tokens)
    return decode(tokens.span)
  }

  /// The text that `tokens` stand for; bytes that are not UTF-8 (which only byte tokens can make) become U+FFFD.
  public func text(of tokens: some Sequence<TokenID>) -> String {
    String(decoding: decode(tokens), as: UTF8.self)
  }
}
