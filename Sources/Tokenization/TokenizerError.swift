import Support

/// Why a text could not be encoded or a tokenizer not be built, as a sentence that says where and what to do.
public indirect enum TokenizerError: Error, Equatable {
  /// `piece`, at `offset` UTF-8 bytes into a text that reads `excerpt` around it, is not in the vocabulary.
  case unknownPiece(piece: String, offset: Int, excerpt: String, remedy: String)

  /// At `offset` the text is spaced, or not, as the vocabulary has no token to say; `gap` is what stands there.
  case unknownSpacing(gap: String, offset: Int, excerpt: String)

  /// The text is not UTF-8 from `offset` on.
  case invalidUTF8(offset: Int)

  /// The text cannot be cut; the string is the whole sentence.
  case unusableText(String)

  /// A setting has a value that cannot be used.
  case badSetting(name: String, value: String, remedy: String)

  /// A tokenizer has no such setting.
  case unknownSetting(name: String, remedy: String)

  /// No tokenizer is called `name`.
  case unknownTokenizer(name: String, remedy: String)

  /// A description that this version cannot read.
  case badDescription(String)

  /// Training left no tokens.
  case emptyVocabulary(remedy: String)

  /// Something is wrong with the document of this index, counted from zero.
  case inDocument(Int, TokenizerError)

  /// The error for the bytes `piece` of `text`, which are not in the vocabulary.
  public static func unknownPiece(_ piece: Range<Int>, of text: Span<UInt8>, remedy: String) -> TokenizerError {
    .unknownPiece(
      piece: string(text.extracting(piece)), offset: piece.lowerBound, excerpt: excerpt(around: piece, of: text),
      remedy: remedy)
  }

  /// The error for white space, or its absence, at `gap` of `text`, which no token can express.
  public static func unknownSpacing(_ gap: Range<Int>, of text: Span<UInt8>) -> TokenizerError {
    .unknownSpacing(
      gap: string(text.extracting(gap)), offset: gap.lowerBound, excerpt: excerpt(around: gap, of: text))
  }

  private static func excerpt(around piece: Range<Int>, of text: Span<UInt8>) -> String {
    let start = characterStart(max(0, piece.lowerBound - 30), in: text)
    let end = characterStart(min(text.count, min(piece.upperBound, piece.lowerBound + 80) + 30), in: text)
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
    case .unknownPiece(let piece, let offset, let excerpt, let remedy):
      "“\(piece.escapingInvisibles)” at byte \(offset) of “\(excerpt.escapingInvisibles)” is not in the vocabulary; \(remedy)"
    case .unknownSpacing(let gap, let offset, let excerpt):
      (gap.isEmpty ? "the missing space" : "the white space “\(gap.escapingInvisibles)”")
        + " at byte \(offset) of “\(excerpt.escapingInvisibles)” has no token, because the corpus was never spaced like this; "
        + "space the text as the corpus does, or train on a corpus that has such places"
    case .invalidUTF8(let offset):
      "the text is not UTF-8 from byte \(offset) on; convert it to UTF-8"
    case .unusableText(let sentence), .badDescription(let sentence):
      sentence
    case .badSetting(let name, let value, let remedy):
      "“\(value.escapingInvisibles)” is no value for the tokenizer setting \(name); \(remedy)"
    case .unknownSetting(let name, let remedy):
      "there is no tokenizer setting “\(name.escapingInvisibles)” here; \(remedy)"
    case .unknownTokenizer(let name, let remedy):
      "there is no tokenizer called “\(name.escapingInvisibles)”; \(remedy)"
    case .emptyVocabulary(let remedy):
      "training the tokenizer left no tokens; \(remedy)"
    case .inDocument(let index, let error):
      "document \(index + 1): \(error)"
    }
  }
}
