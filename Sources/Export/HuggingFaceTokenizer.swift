import StrictJSON
import Support
import Tokenization

/// A tokenizer as the `tokenizers` package of HuggingFace reads it, where it can do the same: characters, and words between spaces.
///
///     tokenizer = tokenizers.Tokenizer.from_file("tokenizer.json")
///     tokenizer.encode("anna").ids  # [26, 0, 13, 13, 0, 26]: the boundary stands before and after the text
struct HuggingFaceTokenizer {
  /// What `tokenizer.json` says; `nil` when that package cannot cut texts in this way.
  let json: JSON?
  /// A sentence for the person when there is no `tokenizer.json`.
  let reasonAgainst: String?

  init(_ tokenizer: some Tokenizer) {
    let (name, settings) = (tokenizer.description.name, tokenizer.description.settings)
    let text = tokenizer.vocabulary.text
    switch TextRule(of: tokenizer) {
    case .characters where settings["unit"] == "byte":
      // Bytes that are no text of their own get the printable characters that GPT-2 gave them.
      json = Self.json(tokenizer, cut: [Self.byteLevel, Self.split("[\\s\\S]")], decoder: Self.byteLevel) {
        Self.printable(tokenizer.vocabulary[$0])
      }
    case .characters:
      let character = settings["unit"] == "scalar" ? "[\\s\\S]" : "\\X"
      json = Self.json(tokenizer, cut: [Self.split(character)], decoder: ["type": "Fuse"], spelling: text)
    case .words:
      json = Self.json(tokenizer, cut: [["type": "WhitespaceSplit"]], decoder: .null, spelling: text)
    default:
      json = nil
    }
    reasonAgainst =
      json == nil
      ? "There is no tokenizer.json: the tokenizers package cannot cut texts as this model's \(name) tokenizer does."
      : nil
  }

  private static func json(
    _ tokenizer: some Tokenizer, cut: [JSON], decoder: JSON, spelling: (TokenID) -> String
  ) -> JSON {
    let vocabulary = tokenizer.vocabulary
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
      "normalizer": normalizer(tokenizer.description.settings),
      "pre_tokenizer": ["type": "Sequence", "pretokenizers": .array(cut)],
      "post_processor": [
        "type": "TemplateProcessing", "single": [boundary, text("A"), boundary],
        "pair": [boundary, text("A"), boundary, text("B"), boundary], "special_tokens": .object(special),
      ],
      "decoder": decoder,
      // The token of what is unknown has a name that no token has, so that what is unknown is refused as it is here.
      "model": ["type": "WordLevel", "vocab": .object(JSON.Object(tokens) ?? JSON.Object()), "unk_token": ""],
    ]
  }

  private static func normalizer(_ settings: [String: String]) -> JSON {
    var steps: [JSON] = []
    switch settings["normalize"] {
    case "nfc": steps.append(["type": "NFC"])
    case "nfkc": steps.append(["type": "NFKC"])
    default: break
    }
    if settings["lowercase"] == "true" { steps.append(["type": "Lowercase"]) }
    return ["type": "Sequence", "normalizers": .array(steps)]
  }

  private static func split(_ pattern: String) -> JSON {
    ["type": "Split", "pattern": ["Regex": .string(pattern)], "behavior": "Isolated", "invert": false]
  }

  private static let byteLevel: JSON = [
    "type": "ByteLevel", "add_prefix_space": false, "trim_offsets": false, "use_regex": false,
  ]

  /// The bytes as printable characters: those of Latin-1 that are printable stand for themselves, the others for U+0100 and what follows.
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
