import Tokenization
import UnicodeRules

/// Byte-pair encoding: one token for each frequent sequence of characters.
///
///     let tokenizer = try BytePairTokenizer(training: Documents(["low lower lowest"]), settings: ["merges": "2"])
///     try tokenizer.encode("low slow")   // low | ␣ | s | low
///
/// The vocabulary has the characters of the corpus, then the merged tokens, the most frequent pair first. No token
/// extends over two words, but it may start with the spaces before its word.
public struct BytePairTokenizer: Tokenizer {
  public static let name = "bpe"
  public static let summary =
    "One token for each frequent sequence of characters: for texts with too many different words to be tokens."
  public static let settings: [TokenizerSetting] = [
    TokenizerSetting(
      "merges", default: "500", .number(atLeast: 0),
      help: "The maximum number of merges to learn; each makes one token of two others."),
    Normalization.setting,
  ]

  public let vocabulary: Vocabulary
  private let settings: TokenizerSettings
  private let normalization: Normalization

  public init(training documents: Documents, settings: [String: String]) throws(TokenizerError) {
    let settings = try TokenizerSettings(settings, declared: Self.settings)
    let normalization: Normalization = settings.choice("normalize")
    var pairs = FrequentPairs()
    try documents.forEachText(normalizedBy: normalization.normalized) { text in
      forEachWord(of: text) { word in pairs.add(word, of: text) }
    }
    let vocabulary = pairs.vocabulary(merges: settings.number("merges"))
    guard vocabulary.count > 0 else { throw .emptyVocabulary(remedy: "the corpus has no characters") }
    self.init(settings, vocabulary)
  }

  public init(_ description: TokenizerDescription) throws(TokenizerError) {
    let settings = try description.settings(for: Self.self, version: 1, declared: Self.settings)
    self.init(settings, description.vocabulary)
  }

  /// Builds the tokenizer that has these settings, which are all that is declared.
  package init(_ settings: TokenizerSettings, _ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    self.settings = settings
    normalization = settings.choice("normalize")
  }

  public var description: TokenizerDescription {
    TokenizerDescription(name: Self.name, version: 1, settings: settings.values, vocabulary: vocabulary)
  }

  public var exportRule: ExportRule {
    ExportRule(splitting: .bytePairs, normalForm: normalization.exportForm)
  }

  public func normalized(_ text: Span<UInt8>) throws(TokenizerError) -> [UInt8]? {
    try normalization.normalized(text)
  }

  public func encodeNormalized(_ text: Span<UInt8>, into tokens: inout [TokenID]) throws(TokenizerError) {
    try forEachWord(of: text) { word throws(TokenizerError) in
      if let whole = vocabulary.id(of: word, in: text) {
        tokens.append(whole)
      } else {
        try merge(word, of: text, into: &tokens)
      }
    }
  }

  /// Joins the two neighbors with the merge of lowest rank, until no two neighbors make a token.
  private func merge(_ word: Range<Int>, of text: Span<UInt8>, into tokens: inout [TokenID]) throws(TokenizerError) {
    var starts = [word.lowerBound]
    forEachCharacter(of: text.extracting(word)) { starts.append(word.lowerBound + $0.upperBound) }
    while let index = earliestMerge(of: starts, in: text) { starts.remove(at: index + 1) }
    for (start, end) in zip(starts, starts.dropFirst()) {
      guard let token = vocabulary.id(of: start..<end, in: text) else {
        throw .unknownText(start..<end, of: text, remedy: "train on a corpus that contains it, or leave it out")
      }
      tokens.append(token)
    }
  }

  /// Returns the index of the symbol whose merge with the next one has the lowest rank; `nil` if there is no merge.
  private func earliestMerge(of starts: [Int], in text: Span<UInt8>) -> Int? {
    var earliest: (token: TokenID, index: Int)?
    for index in starts.indices.dropLast(2) {
      if let token = vocabulary.id(of: starts[index]..<starts[index + 2], in: text), token < earliest?.token ?? .max {
        earliest = (token, index)
      }
    }
    return earliest?.index
  }

  public func decode(_ tokens: Span<TokenID>) -> [UInt8] {
    var text: [UInt8] = []
    for index in tokens.indices { text.append(copying: vocabulary[tokens[index]]) }
    return text
  }
}
