import Tokenization
import UnicodeRules

/// One token for each frequent run of characters: between characters and words.
///
///     let tokenizer = try BytePairTokenizer(training: Documents(["low lower lowest"]), settings: ["merges": "2"])
///     try tokenizer.encode("low slow")   // low | ␣ | s | low
///
/// Its tokens are the characters of the corpus, then what was merged of two tokens, the most frequent pair first.
/// No token reaches from one word into the next, though it may begin with the spaces before its word.
public struct BytePairTokenizer: Tokenizer {
  public static let name = "bpe"
  public static let summary =
    "One token for each frequent run of characters: for texts whose words are too many to be tokens."
  public static let settings: [TokenizerSetting] = [
    TokenizerSetting(
      "merges", standard: "500", .number(atLeast: 0),
      help: "How many tokens of several characters to learn, at most; each is made of two others."),
    Normalization.setting,
  ]

  public let vocabulary: Vocabulary
  public let description: TokenizerDescription
  private let normalization: Normalization

  public init(training documents: Documents, settings: [String: String]) throws(TokenizerError) {
    let settings = try TokenizerSettings(settings, declared: Self.settings)
    let normalization: Normalization = settings.choice("normalize")
    var pairs = FrequentPairs()
    try documents.forEachText(changedBy: normalization.changed) { text in
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

  private init(_ settings: TokenizerSettings, _ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    normalization = settings.choice("normalize")
    description = TokenizerDescription(name: Self.name, version: 1, settings: settings.values, vocabulary: vocabulary)
  }

  public func changed(_ text: Span<UInt8>) throws(TokenizerError) -> [UInt8]? {
    try normalization.changed(text)
  }

  public func cut(_ text: Span<UInt8>, into tokens: inout [TokenID]) throws(TokenizerError) {
    try forEachWord(of: text) { word throws(TokenizerError) in
      if let whole = vocabulary.id(of: word, in: text) {
        tokens.append(whole)
      } else {
        try merge(word, of: text, into: &tokens)
      }
    }
  }

  /// Joins the two neighbours that make the earliest learnt token, until no two make any.
  private func merge(_ word: Range<Int>, of text: Span<UInt8>, into tokens: inout [TokenID]) throws(TokenizerError) {
    var starts = [word.lowerBound]
    forEachCharacter(of: text.extracting(word)) { starts.append(word.lowerBound + $0.upperBound) }
    while let piece = earliestJoin(of: starts, in: text) { starts.remove(at: piece + 1) }
    for (start, end) in zip(starts, starts.dropFirst()) {
      guard let token = vocabulary.id(of: start..<end, in: text) else {
        throw .unknownPiece(start..<end, of: text, remedy: "train on a corpus that has it, or leave it out")
      }
      tokens.append(token)
    }
  }

  /// Which piece makes, with the next, the earliest learnt token of all that neighbours make.
  private func earliestJoin(of starts: [Int], in text: Span<UInt8>) -> Int? {
    var earliest: (token: TokenID, piece: Int)?
    for piece in starts.indices.dropLast(2) {
      if let token = vocabulary.id(of: starts[piece]..<starts[piece + 2], in: text), token < earliest?.token ?? .max {
        earliest = (token, piece)
      }
    }
    return earliest?.piece
  }

  public func decode(_ tokens: Span<TokenID>) -> [UInt8] {
    var text: [UInt8] = []
    for index in tokens.indices { text.append(copying: vocabulary[tokens[index]]) }
    return text
  }
}
