/// How a program other than Swiftlet can tokenize text as a tokenizer does. `swiftlet export` writes it for PyTorch,
/// for Hugging Face's tools and for llama.cpp.
///
///     var exportRule: ExportRule { ExportRule(splitting: .scalars, normalForm: .nfc) }
///
/// A rule promises the same tokens for every text that consists of known tokens. A tokenizer that cannot promise this
/// does not declare `splitting`.
public struct ExportRule: Sendable, Equatable {
  /// The places at which normalized text is split into tokens.
  public enum Splitting: String, Sendable {
    /// Between grapheme clusters, between Unicode scalars, or between bytes of UTF-8.
    case graphemes, scalars, bytes
    /// At single spaces, which are part of no token.
    case spaces
    /// After the longest token that matches, from left to right. These must also be the fewest tokens that spell the
    /// text.
    case longest
    /// By byte-pair encoding within words. The rank of a merge is the number of its token.
    case bytePairs
  }

  /// A Unicode normal form that text is put into before it is split.
  public enum NormalForm: String, Sendable {
    /// Canonical composition: `e` and U+0301 become `é`.
    case nfc
    /// Compatibility composition: also `ﬁ` becomes `fi`.
    case nfkc
  }

  /// The places where text is split; `nil` if only the tokenizer itself can find them.
  public var splitting: Splitting?

  /// The text between two tokens of a decoded text. It is exact if `splitting` is known, and an approximation
  /// otherwise.
  public var joiner: String

  /// The normal form of text; `nil` if text is not normalized.
  public var normalForm: NormalForm?

  /// Is `true` if text is converted to lower case before it is split.
  public var lowercases: Bool

  /// A rule of these parts. The default is a rule that promises nothing.
  public init(
    splitting: Splitting? = nil, joiner: String = "", normalForm: NormalForm? = nil, lowercases: Bool = false
  ) {
    self.splitting = splitting
    self.joiner = joiner
    self.normalForm = normalForm
    self.lowercases = lowercases
  }
}
