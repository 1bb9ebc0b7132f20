import Support

/// A failure to encode a text or to build a tokenizer. Its description is a sentence with the place and the fix.
public indirect enum TokenizerError: Error, Equatable {
  /// `text`, at byte `offset` of a longer text of which `excerpt` is a part, is not in the vocabulary.
  case unknownText(_ text: String, offset: Int, excerpt: String, remedy: String)

  /// The vocabulary has no token for `gap`, the white space (possibly none) at byte `offset`.
  case unknownSpacing(gap: String, offset: Int, excerpt: String)

  /// The text is not valid UTF-8 from byte `offset` on.
  case invalidUTF8(offset: Int)

  /// The text cannot be tokenized; the string is the whole sentence.
  case unusableText(String)

  /// A setting has an invalid value.
  case badSetting(name: String, value: String, remedy: String)

  /// The tokenizer has no setting of this name.
  case unknownSetting(name: String, remedy: String)

  /// No tokenizer has this name.
  case unknownTokenizer(name: String, remedy: String)

  /// This version cannot read the description; the string is the whole sentence.
  case badDescription(String)

  /// Training found no tokens.
  case emptyVocabulary(remedy: String)

  /// An error in the document of this index, counted from zero.
  case inDocument(Int, TokenizerError)

  /// An error at a place of a file, such as `names.txt, line 3`.
  case inFile(_ place: String, TokenizerError)

  /// Returns the error for the bytes `range` of `text`, which are not in the vocabulary.
  public static func unknownText(_ range: Range<Int>, of text: Span<UInt8>, remedy: String) -> TokenizerError {
    .unknownText(
      string(text.extracting(range)), offset: range.lowerBound, excerpt: excerpt(around: range, of: text),
      remedy: remedy)
  }

  /// Returns the error for the white space (possibly none) at `gap` of `text`, for which there is no token.
  public static func unknownSpacing(_ gap: Range<Int>, of text: Span<UInt8>) -> TokenizerError {
    .unknownSpacing(
      gap: string(text.extracting(gap)), offset: gap.lowerBound, excerpt: excerpt(around: gap, of: text))
  }

  private static func excerpt(around range: Range<Int>, of text: Span<UInt8>) -> String {
    let start = characterStart(max(0, range.lowerBound - 30), in: text)
    let end = characterStart(min(text.count, min(range.upperBound, range.lowerBound + 80) + 30), in: text)
    return (start > 0 ? "…" : "") + string(text.extracting(start..<end)) + (end < text.count ? "…" : "")
  }

  private static func characterStart(_ offset: Int, in text: Span<UInt8>) -> Int {
    var offset = offset
    while offset > 0, offset < text.count, text[offset] & 0xc0 == 0x80 { offset -= 1 }
    return offset
  }

  private static func string(_ bytes: Span<UInt8>) -> String {
    String(decoding: Array(copying: bytes), as: UTF8.self)
  }
}

extension TokenizerError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownText(let text, let offset, let excerpt, let remedy):
      "“\(text.escapingInvisibles)” at byte \(offset) of “\(excerpt.escapingInvisibles)” is not in the vocabulary; "
        + remedy
    case .unknownSpacing(let gap, let offset, let excerpt):
      (gap.isEmpty ? "the missing space" : "the white space “\(gap.escapingInvisibles)”")
        + " at byte \(offset) of “\(excerpt.escapingInvisibles)” has no token, because the corpus was never spaced "
        + "like this; space the text as the corpus does, or train on a corpus that is spaced like this"
    case .invalidUTF8(let offset):
      "the text is not valid UTF-8 from byte \(offset) on; convert it to UTF-8"
    case .unusableText(let sentence), .badDescription(let sentence):
      sentence
    case .badSetting(let name, let value, let remedy):
      "“\(value.escapingInvisibles)” is not a valid value of the tokenizer setting \(name); \(remedy)"
    case .unknownSetting(let name, let remedy):
      "there is no tokenizer setting “\(name.escapingInvisibles)”; \(remedy)"
    case .unknownTokenizer(let name, let remedy):
      "there is no tokenizer called “\(name.escapingInvisibles)”; \(remedy)"
    case .emptyVocabulary(let remedy):
      "the tokenizer found no tokens; \(remedy)"
    case .inDocument(let index, let error):
      "document \(index + 1): \(error)"
    case .inFile(let place, let error):
      "\(place): \(error)"
    }
  }
}
