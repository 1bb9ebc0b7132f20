import Tokenization
import UnicodeRules

/// One token for each character of the text.
///
///     let tokenizer = try CharacterTokenizer(training: Documents(["emma", "olivia"]))
///     try tokenizer.encode("mia")   // [4, 2, 0]: the vocabulary is a e i l m o v
///
/// Its vocabulary has every character of its corpus, in the order of their bytes, and it refuses any other.
public struct CharacterTokenizer: Tokenizer {
  public static let name = "character"
  public static let summary = "One token for each character: for names and other short or made-up words."
  public static let settings: [TokenizerSetting] = [
    TokenizerSetting(
      "unit", standard: CharacterUnit.grapheme.rawValue, .choice(CharacterUnit.allCases.map(\.rawValue)),
      help: "What counts as one character: a grapheme (what a reader sees as one), a Unicode scalar, a byte of UTF-8."),
    Normalization.setting,
  ]
  private static let version = 1

  public let vocabulary: Vocabulary
  public let description: TokenizerDescription
  private let unit: CharacterUnit
  private let normalization: Normalization
  /// The token of each character of one byte, -1 where there is none.
  private let singles: [TokenID]

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

  private init(_ settings: TokenizerSettings, _ vocabulary: Vocabulary) {
    unit = settings.choice("unit")
    normalization = settings.choice("normalize")
    description = TokenizerDescription(
      name: Self.name, version: Self.version, settings: settings.values, vocabulary: vocabulary)
    singles = (UInt8.min...UInt8.max).map { vocabulary.id(of: [$0].span) ?? -1 }
    self.vocabulary = vocabulary
  }

  public func changed(_ text: Span<UInt8>) throws(TokenizerError) -> [UInt8]? {
    try normalization.changed(text)
  }

  public func cut(_ text: Span<UInt8>, into tokens: inout [TokenID]) throws(TokenizerError) {
    var position = 0
    while position < text.count {
      let end = unit.endOfSingles(in: text, from: position)
      let known = append(text.extracting(position..<end), to: &tokens)
      guard known == end - position else { throw unknown(position + known..<position + known + 1, of: text) }
      position = try unit.forEachPiece(of: text, from: end) { piece throws(TokenizerError) in
        guard let token = vocabulary.id(of: piece, in: text) else { throw unknown(piece, of: text) }
        tokens.append(token)
      }
    }
  }

  public func decode(_ tokens: Span<TokenID>) -> [UInt8] {
    var text: [UInt8] = []
    for index in tokens.indices { text.append(copying: vocabulary[tokens[index]]) }
    return text
  }

  /// Appends the tokens of characters of one byte, up to the first unknown one, and returns how many.
  private func append(_ characters: Span<UInt8>, to tokens: inout [TokenID]) -> Int {
    // As in `append(copying:)`: nothing is written to an empty array, which others share.
    guard !characters.isEmpty else { return 0 }
    let singles = singles.span
    let before = tokens.count
    tokens.append(addingCapacity: characters.count) { output in
      for index in characters.indices {
        let token = singles[Int(characters[index])]
        guard token >= 0 else { return }
        output.append(token)
      }
    }
    return tokens.count - before
  }

  private func unknown(_ piece: Range<Int>, of text: Span<UInt8>) -> TokenizerError {
    .unknownPiece(piece, of: text, remedy: "train on a corpus that has it, or leave it out")
  }

  /// Every character that occurs, in the order of their bytes.
  private static func characters(
    of documents: Documents, _ settings: TokenizerSettings
  ) throws(TokenizerError) -> [[UInt8]] {
    let unit: CharacterUnit = settings.choice("unit")
    let normalization: Normalization = settings.choice("normalize")
    var singles = InlineArray<256, Bool>(repeating: false)
    var others = Vocabulary()
    try documents.forEachText(changedBy: normalization.changed) { text throws(TokenizerError) in
      var position = 0
      while position < text.count {
        let end = unit.endOfSingles(in: text, from: position)
        for index in position..<end { singles[Int(text[index])] = true }
        position = try unit.forEachPiece(of: text, from: end) { piece throws(TokenizerError) in
          others.append(text.extracting(piece))
        }
      }
    }
    for byte in UInt8.min...UInt8.max where singles[Int(byte)] { others.append([byte].span) }
    return others.sortedIndices.map { Array(copying: others[$0]) }
  }
}
