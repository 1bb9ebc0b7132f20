import Tokenization

/// A tokenizer as one of those that llama.cpp has, and gives the same tokens as Swiftlet's for texts of known tokens:
///
/// - characters, words with the spaces before them, words between single spaces: `t5`, which finds the fewest tokens
///   that spell a text;
/// - bytes: `gpt2` without merges;
/// - byte pairs: `gemma4`, which merges characters.
///
/// Where `t5` and `gemma4` have a space, the vocabulary has U+2581. A word between single spaces starts with it, also
/// at the start of a text.
/// Unknown text is no error in llama.cpp: a boundary takes its place, or nothing in `gemma4`.
struct GGUFTokenizer {
  /// The keys and values that describe the tokenizer.
  let values: [(key: String, value: GGUFFile.Value)]
  /// Sentences for the user about what is different in llama.cpp.
  let notes: [String]

  init(_ tokenizer: some Tokenizer) throws(ExportError) {
    let rule = tokenizer.exportRule
    guard let form = Form(rule) else {
      throw ExportError("llama.cpp", cannotSplitLike: tokenizer)
    }
    let vocabulary = tokenizer.vocabulary
    if form != .bytes, let token = vocabulary.firstTokenWithoutText {
      throw ExportError("the token \(token) is not valid UTF-8, and llama.cpp has texts as tokens.")
    }
    if form != .bytes, let token = vocabulary.indices.first(where: { vocabulary.text($0).contains(Self.space) }) {
      throw ExportError(
        "llama.cpp writes a space for U+2581, which is part of the token \(token). Train the model on a text without it."
      )
    }
    values = Self.values(form, vocabulary)
    notes = Self.notes(form, rule)
  }

  /// The kinds of llama.cpp's tokenizers that are used.
  private enum Form {
    case pieces, words, bytes, bytePairs

    init?(_ rule: ExportRule) {
      switch rule.splitting {
      case .graphemes?, .scalars?, .longest?: self = .pieces
      case .spaces?: self = .words
      case .bytes?: self = .bytes
      case .bytePairs?: self = .bytePairs
      case nil: return nil
      }
    }
  }

  private static let space = "\u{2581}"

  private static func values(_ form: Form, _ vocabulary: Vocabulary) -> [(String, GGUFFile.Value)] {
    func spelling(_ id: TokenID) -> String {
      form == .bytes ? PrintableBytes.text(vocabulary[id]) : escapingSpaces(vocabulary.text(id))
    }
    let count = vocabulary.count
    let texts = vocabulary.indices.map { (form == .words ? space : "") + spelling($0) }
    // llama.cpp knows the name, and warns of an end of texts with another one.
    let boundary = vocabulary.boundarySpelling(like: "endoftext")
    var values: [(String, GGUFFile.Value)] = [
      ("tokens", .texts(texts + [boundary])),
      // Each token costs the same, so that the fewest are found.
      ("scores", .reals(Array(repeating: -1, count: count) + [0])),
      ("token_type", .numbers(Array(repeating: normal, count: count) + [control])),
      ("bos_token_id", .count(count)), ("eos_token_id", .count(count)), ("padding_token_id", .count(count)),
      ("unknown_token_id", .count(count)),
      ("add_bos_token", .flag(true)), ("add_eos_token", .flag(false)), ("add_space_prefix", .flag(form == .words)),
    ]
    switch form {
    case .pieces, .words:
      values += [("model", .text("t5")), ("remove_extra_whitespaces", .flag(false))]
    case .bytes:
      values += [("model", .text("gpt2")), ("pre", .text("qwen2")), ("merges", .texts([]))]
    case .bytePairs:
      let merges = vocabulary.merges.map { "\(spelling($0.left)) \(spelling($0.right))" }
      values += [("model", .text("gemma4")), ("merges", .texts(merges))]
    }
    return values.map { ("tokenizer.ggml.\($0)", $1) }
  }

  private static func escapingSpaces(_ text: String) -> String {
    String(
      String.UnicodeScalarView(text.unicodeScalars.flatMap { $0 == " " ? space.unicodeScalars.map(\.self) : [$0] }))
  }

  /// The numbers of llama.cpp for the types of tokens.
  private static let normal: Int32 = 1
  private static let control: Int32 = 3

  private static func notes(_ form: Form, _ rule: ExportRule) -> [String] {
    [
      rule.lowercases ? "Note: llama.cpp does not convert text to lower case; give it lower case." : nil,
      rule.normalForm == .nfkc ? "Note: llama.cpp does not put text into the normal form NFKC." : nil,
      form == .bytePairs ? "Note: in llama.cpp, words of more than 60 bytes may have other tokens." : nil,
    ].compactMap(\.self)
  }
}
