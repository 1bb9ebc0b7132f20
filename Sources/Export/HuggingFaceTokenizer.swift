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

  init(_ tokenizer: some Tokenizer) {
    let rule = tokenizer.exportRule
    let vocabulary = tokenizer.vocabulary
    switch rule.splitting {
    case .bytes:
      // Bytes that are not text by themselves are spelled with the printable characters that GPT-2 gave them.
      json = Self.json(vocabulary, rule, pretokenizers: [Self.byteLevel, Self.split("[\\s\\S]")], Self.byteLevel) {
        Self.printable(vocabulary[$0])
      }
    case .scalars:
      json = Self.json(
        vocabulary, rule, pretokenizers: [Self.split("[\\s\\S]")], ["type": "Fuse"], spelling: vocabulary.text)
    case .graphemes:
      json = Self.json(
        vocabulary, rule, pretokenizers: [Self.split("\\X")], ["type": "Fuse"], spelling: vocabulary.text)
    case .spaces:
      json = Self.json(
        vocabulary, rule, pretokenizers: [["type": "WhitespaceSplit"]], .null, spelling: vocabulary.text)
    case nil:
      json = nil
    }
  }

  private static func json(
    _ vocabulary: Vocabulary, _ rule: ExportRule, pretokenizers: [JSON], _ decoder: JSON,
    spelling: (TokenID) -> String
  ) -> JSON {
    let tokens = vocabulary.indices.map { JSON.Object.Member(key: spelling($0), value: .integer($0)) }
    var name = "<|boundary|>"
    while vocabulary.id(of: name) != nil { name = "<\(name)>" }
    let id = JSON.integer(vocabulary.count)
    let boundary: JSON = ["SpecialToken": ["id": .string(name), "type_id": 0]]
    func text(_ sequence: JSON) -> JSON { ["Sequence": ["id": sequence, "type_id": 0]] }
    var special = JSON.Object()
    special[name] = ["id": .string(name), "ids": [id], "tokens": [.string(name)]]
    return [
      "version": "1.0", "truncation": .null, "padding": .null,
      "added_tokens": [
        [
          "id": id, "content": .string(name), "single_word": false, "lstrip": false, "rstrip": false,
          "normalized": false, "special": true,
        ]
      ],
      "normalizer": normalizer(rule),
      "pre_tokenizer": ["type": "Sequence", "pretokenizers": .array(pretokenizers)],
      "post_processor": [
        "type": "TemplateProcessing", "single": [boundary, text("A"), boundary],
        "pair": [boundary, text("A"), boundary, text("B"), boundary], "special_tokens": .object(special),
      ],
      "decoder": decoder,
      // No token is spelled like the unknown token, so that text outside the vocabulary is an error, as in Swiftlet.
      "model": ["type": "WordLevel", "vocab": .object(JSON.Object(tokens) ?? JSON.Object()), "unk_token": ""],
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

  private static func split(_ pattern: String) -> JSON {
    ["type": "Split", "pattern": ["Regex": .string(pattern)], "behavior": "Isolated", "invert": false]
  }

  private static let byteLevel: JSON = [
    "type": "ByteLevel", "add_prefix_space": false, "trim_offsets": false, "use_regex": false,
  ]

  /// Returns bytes as GPT-2's printable characters: printable Latin-1 bytes as themselves, the others as U+0100 and up.
  private static func printable(_ bytes: Span<UInt8>) -> String {
    var text = ""
    for index in bytes.indices { text.unicodeScalars.append(printableBytes[Int(bytes[index])]) }
    return text
  }

  private static let printableBytes: [Unicode.Scalar] = {
    var next: UInt8 = 0
    return (UInt8.min...UInt8.max).map { byte in
      switch byte {
      case 0x21...0x7e, 0xa1...0xac, 0xae...0xff: return Unicode.Scalar(byte)
      default:
        defer { next += 1 }
        return Unicode.Scalar(Unicode.Scalar(next).value + 0x100) ?? "?"
      }
    }
  }()
}
