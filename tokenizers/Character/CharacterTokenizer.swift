import Tokenization
import UnicodeRules

/// One token for each character.
///
///     let tokenizer = try CharacterTokenizer(training: Documents(["emma", "olivia"]))
///     try tokenizer.encode("mia")   // [4, 2, 0]: the vocabulary is a e i l m o v
///
/// The vocabulary has all characters of the corpus, in the order of their bytes. Any other character is an error.
public struct CharacterTokenizer: Tokenizer {
  public static let name = "character"
  public static let summary = "One token for each character: for names and other short or invented words."
  public static let settings: [TokenizerSetting] = [
    TokenizerSetting(
      "unit", default: CharacterUnit.grapheme.rawValue, .choice(CharacterUnit.allCases.map { $0.rawValue }),
      help: "The unit of one token: a grapheme (a character as readers see it), a Unicode scalar, a byte of UTF-8."),
    Normalization.setting,
  ]
  private static let version = 1

  public let vocabulary: Vocabulary
  private let settings: TokenizerSettings
  private let unit: CharacterUnit
  private let normalization: Normalization
  /// The token of each one-byte character, or -1.
  private let singleByteTokens: [TokenID]

  public init(training documents: Documents, settings: [String: String]) throws(TokenizerError) {
    let settings = try TokenizerSettings(settings, declared: Self.settings)
    let entries = try Self.characters(of: documents, settings)
    guard !entries.isEmpty else { throw .emptyVocabulary(remedy: "the corpus has no characters") }
    guard let vocabulary = Vocabulary(entries) else { preconditionFailure("a set has no entry twice") }
    self.init(settings, vocabulary)
  }

  public init(_ description: TokenizerDescription) throws(TokenizerError) {
    let settings = try description.settings(for: Self.self, version: Self.version, declared: Self.settings)
    self.init(settings, description.vocabulary)
  }

  /// Builds the tokenizer that has these settings, which are all that is declared.
  package init(_ settings: TokenizerSettings, _ vocabulary: Vocabulary) {
    self.settings = settings
    unit = settings.choice("unit")
    normalization = settings.choice("normalize")
    singleByteTokens = (UInt8.min...UInt8.max).map { vocabulary.id(of: [$0].span) ?? -1 }
    self.vocabulary = vocabulary
  }

  public var description: TokenizerDescription {
    TokenizerDescription(name: Self.name, version: Self.version, settings: settings.values, vocabulary: vocabulary)
  }

  public var exportRule: ExportRule {
    let splitting: ExportRule.Splitting =
      switch unit {
      case .grapheme: .graphemes
      case .scalar: .scalars
      case .byte: .bytes
      }
    return ExportRule(splitting: splitting, normalForm: normalization.exportForm)
  }

  public func normalized(_ text: Span<UInt8>) throws(TokenizerError) -> [UInt8]? {
    try normalization.normalized(text)
  }

  public func encodeNormalized(_ text: Span<UInt8>, into tokens: inout [TokenID]) throws(TokenizerError) {
    var position = 0
    while position < text.count {
      let end = unit.endOfSingleBytes(in: text, from: position)
      let known = append(text.extracting(position..<end), to: &tokens)
      guard known == end - position else { throw unknown(position + known..<position + known + 1, of: text) }
      position = try unit.forEachCharacter(of: text, from: end) { character throws(TokenizerError) in
        guard let token = vocabulary.id(of: character, in: text) else { throw unknown(character, of: text) }
        tokens.append(token)
      }
    }
  }

  public func decode(_ tokens: Span<TokenID>) -> [UInt8] {
    var text: [UInt8] = []
    for index in tokens.indices { text.append(copying: vocabulary[tokens[index]]) }
    return text
  }

  /// Appends the tokens of one-byte characters up to the first unknown one, and returns their number.
  private func append(_ characters: Span<UInt8>, to tokens: inout [TokenID]) -> Int {
    // As in `append(copying:)`: appending nothing would write to the buffer that all empty arrays share.
    guard !characters.isEmpty else { return 0 }
    let singleByteTokens = singleByteTokens.span
    let before = tokens.count
    tokens.append(addingCapacity: characters.count) { output in
      for index in characters.indices {
        let token = singleByteTokens[Int(characters[index])]
        guard token >= 0 else { return }
        output.append(token)
      }
    }
    return tokens.count - before
  }

  private func unknown(_ character: Range<Int>, of text: Span<UInt8>) -> TokenizerError {
    .unknownText(character, of: text, remedy: "train on a corpus that contains it, or leave it out")
  }

  /// Returns all characters of `documents` in the order of their bytes.
  private static func characters(
    of documents: Documents, _ settings: TokenizerSettings
  ) throws(TokenizerError) -> [[UInt8]] {
    let unit: CharacterUnit = settings.choice("unit")
    let normalization: Normalization = settings.choice("normalize")
    var isPresent = InlineArray<256, Bool>(repeating: false)
    var others = Vocabulary()
    try documents.forEachText(normalizedBy: normalization.normalized) { text throws(TokenizerError) in
      var position = 0
      while position < text.count {
        let end = unit.endOfSingleBytes(in: text, from: position)
        for index in position..<end { isPresent[Int(text[index])] = true }
        position = try unit.forEachCharacter(of: text, from: end) { character throws(TokenizerError) in
          others.append(text.extracting(character))
        }
      }
    }
    for byte in UInt8.min...UInt8.max where isPresent[Int(byte)] { others.append([byte].span) }
    return others.sortedIndices.map { Array(copying: others[$0]) }
  }
}
