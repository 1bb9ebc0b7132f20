/// How a program other than Swiftlet can tokenize text as a tokenizer does. `swiftlet export` writes it for PyTorch,
/// for Hugging Face's tools and for the HTML page.
///
///     var exportRule: ExportRule { ExportRule(splitting: .scalars, normalForm: .nfc) }
///
/// A rule promises the same tokens for every text that consists of known tokens. A tokenizer that cannot promise this
/// declares neither `splitting` nor `pageTokenizer`.
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
  }

  /// A Unicode normal form that text is put into before it is split.
  public enum NormalForm: String, Sendable {
    /// Canonical composition: `e` and U+0301 become `é`.
    case nfc
    /// Compatibility composition: also `ﬁ` becomes `fi`.
    case nfkc
  }

  /// The tokenizers that the HTML page has beyond those for graphemes, scalars and bytes.
  public enum PageTokenizer: Sendable, Equatable {
    /// Byte-pair encoding within words. The rank of a merge is the number of its token.
    case bytePairs
    /// Words by the rules of a locale, with predicted spaces.
    case words(WordRule)
  }

  /// The data of the page's word tokenizer.
  public struct WordRule: Sendable, Equatable {
    /// The locale whose rules find words, such as `root` or `pt_BR`.
    public var locale: String
    /// A regular expression whose matches are not split; empty for none.
    public var keep: String
    /// For each token, the bits that predict the spaces around it.
    public var shapes: [UInt16]
    /// The version of ICU that split the training text.
    public var icuVersion: String
    /// A text that different word rules split differently.
    public var sample: String
    /// The hash of the places at which the training rules split `sample`; empty if unknown.
    public var fingerprint: String

    /// A rule of these parts.
    public init(
      locale: String, keep: String, shapes: [UInt16], icuVersion: String, sample: String, fingerprint: String
    ) {
      self.locale = locale
      self.keep = keep
      self.shapes = shapes
      self.icuVersion = icuVersion
      self.sample = sample
      self.fingerprint = fingerprint
    }
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

  /// The tokenizer of the page for text that is not split into graphemes, scalars or bytes; `nil` if it has none.
  public var pageTokenizer: PageTokenizer?

  /// A rule of these parts. The default is a rule that promises nothing.
  public init(
    splitting: Splitting? = nil, joiner: String = "", normalForm: NormalForm? = nil, lowercases: Bool = false,
    pageTokenizer: PageTokenizer? = nil
  ) {
    self.splitting = splitting
    self.joiner = joiner
    self.normalForm = normalForm
    self.lowercases = lowercases
    self.pageTokenizer = pageTokenizer
  }
}
