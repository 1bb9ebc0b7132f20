import StrictJSON
import Support
import Tokenization

/// A tokenizer in the format of Hugging Face's `tokenizers` package, if its export rule has a form there.
///
///     tokenizer = tokenizers.Tokenizer.from_file("tokenizer.json")
///     tokenizer.encode("anna").ids  # [26, 0, 13, 13, 0, 26]: the boundary comes before and after the text
struct HuggingFaceTokenizer {
  /// The contents of `tokenizer.json`; `nil` if the package cannot split text as the tokenizer does.
  let json: JSON?
  /// The spelling of the boundary, which no token of the vocabulary has.
  let boundary: String
  /// A sentence for the user about texts that the package splits in another way; `nil` if there are none.
  let note: String?

  /// - Parameter endsTexts: True if the boundary comes after a text too, and not only before it.
  init(_ tokenizer: some Tokenizer, endsTexts: Bool = true) {
    let vocabulary = tokenizer.vocabulary
    let form = Form(tokenizer.exportRule).flatMap { form in
      form == .bytes || vocabulary.firstTokenWithoutText == nil ? form : nil
    }
    let boundary = vocabulary.boundarySpelling(like: "boundary")
    self.boundary = boundary
    json = form.map { Self.json(vocabulary, tokenizer.exportRule, $0, boundary: boundary, endsTexts: endsTexts) }
    let isASCII = vocabulary.indices.allSatisfy { vocabulary.text($0).utf8.allSatisfy { $0 < 0x80 } }
    note =
      form == .bytePairs && !isASCII
      ? "Note: Hugging Face's tokenizers package may give words of more than 60 bytes other tokens." : nil
  }

  /// The ways to split text that the package has too.
  private enum Form {
    case bytes, scalars, graphemes, spaces, longest, bytePairs

    init?(_ rule: ExportRule) {
      switch rule.splitting {
      case .bytes?: self = .bytes
      case .scalars?: self = .scalars
      case .graphemes?: self = .graphemes
      case .spaces?: self = .spaces
      case .longest?: self = .longest
      case .bytePairs?: self = .bytePairs
      case nil: return nil
      }
    }
  }

  private static func json(
    _ vocabulary: Vocabulary, _ rule: ExportRule, _ form: Form, boundary: String, endsTexts: Bool
  ) -> JSON {
    let id = JSON.integer(vocabulary.count)
    let mark: JSON = ["SpecialToken": ["id": .string(boundary), "type_id": 0]]
    let end = endsTexts ? [mark] : []
    func text(_ sequence: JSON) -> JSON { ["Sequence": ["id": sequence, "type_id": 0]] }
    var special = JSON.Object()
    special[boundary] = ["id": .string(boundary), "ids": [id], "tokens": [.string(boundary)]]
    return [
      "version": "1.0", "truncation": .null, "padding": .null,
      "added_tokens": [
        [
          "id": id, "content": .string(boundary), "single_word": false, "lstrip": false, "rstrip": false,
          "normalized": false, "special": true,
        ]
      ],
      "normalizer": normalizer(rule),
      "pre_tokenizer": ["type": "Sequence", "pretokenizers": .array(pretokenizers(form))],
      "post_processor": [
        "type": "TemplateProcessing", "single": .array([mark, text("A")] + end),
        "pair": .array([mark, text("A"), mark, text("B")] + end), "special_tokens": .object(special),
      ],
      "decoder": decoder(form),
      "model": form == .longest ? fewestTokens(of: vocabulary, boundary) : model(vocabulary, form),
    ]
  }

  private static func normalizer(_ rule: ExportRule) -> JSON {
    var steps: [JSON] = []
    switch rule.normalForm {
    case .nfc: steps.append(["type": "NFC"])
    case .nfkc: steps.append(["type": "NFKC"])
    case nil: break
    }
    if rule.lowercases { steps.append(["type": "Lowercase"]) }
    return ["type": "Sequence", "normalizers": .array(steps)]
  }

  private static func pretokenizers(_ form: Form) -> [JSON] {
    switch form {
    case .bytes: [byteLevel, split("[\\s\\S]")]
    case .scalars: [split("[\\s\\S]")]
    case .graphemes: [split("\\X")]
    case .spaces: [["type": "WhitespaceSplit"]]
    case .longest: []
    // A word with the white space before it, at most 60 characters of it.
    case .bytePairs: [split("(?:[\\t-\\r ]|[^\\t-\\r ](?![\\t-\\r ])){0,59}[\\s\\S]")]
    }
  }

  private static func decoder(_ form: Form) -> JSON {
    switch form {
    case .bytes: byteLevel
    case .scalars, .graphemes, .longest, .bytePairs: ["type": "Fuse"]
    case .spaces: .null
    }
  }

  /// The vocabulary. No token is spelled like the unknown token, so that text outside the vocabulary is an error, as in
  /// Swiftlet.
  private static func model(_ vocabulary: Vocabulary, _ form: Form) -> JSON {
    // Bytes that are not text by themselves are spelled with printable characters.
    let tokens = vocabulary.indices.map { id in
      JSON.Object.Member(
        key: form == .bytes ? PrintableBytes.text(vocabulary[id]) : vocabulary.text(id), value: .integer(id))
    }
    let entries = JSON.object(JSON.Object(tokens) ?? JSON.Object())
    guard form == .bytePairs else { return ["type": "WordLevel", "vocab": entries, "unk_token": ""] }
    return [
      "type": "BPE", "dropout": .null, "unk_token": "", "continuing_subword_prefix": .null,
      "end_of_word_suffix": .null, "fuse_unk": false, "byte_fallback": false, "ignore_merges": true,
      "vocab": entries,
      "merges": .array(
        vocabulary.merges.map { left, right in
          .array([.string(vocabulary.text(left)), .string(vocabulary.text(right))])
        }),
    ]
  }

  /// The model that finds the fewest tokens, since each costs the same. Unknown text is no error there: a boundary
  /// takes its place.
  private static func fewestTokens(of vocabulary: Vocabulary, _ boundary: String) -> JSON {
    let pieces = vocabulary.indices.map { JSON.array([.string(vocabulary.text($0)), -1]) }
    return [
      "type": "Unigram", "unk_id": .integer(vocabulary.count), "byte_fallback": false,
      "vocab": .array(pieces + [.array([.string(boundary), 0])]),
    ]
  }

  private static func split(_ pattern: String) -> JSON {
    ["type": "Split", "pattern": ["Regex": .string(pattern)], "behavior": "Isolated", "invert": false]
  }

  private static let byteLevel: JSON = [
    "type": "ByteLevel", "add_prefix_space": false, "trim_offsets": false, "use_regex": false,
  ]
}
