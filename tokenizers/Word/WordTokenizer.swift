import Support
import Tokenization
import UnicodeRules

/// One token for each word, number and mark, as Unicode and ICU's dictionaries cut them in every script.
///
///     let tokenizer = try WordTokenizer(training: Documents(["The cat's hat cost $3.50."]))
///     try tokenizer.encode("The hat cost $3.50.")   // The | hat | cost | $ | 3.50 | .
///
/// Spaces are no tokens where `Spacing` predicts them. Where the text differs, an explicit token for each white-space character says what
/// stands there, and the empty token says that nothing does; so every text comes back byte for byte. Explicit tokens are in the
/// vocabulary only if the corpus has such places.
public struct WordTokenizer: Tokenizer {
  public static let name = "word"
  public static let summary =
    "One token for each word, number or mark, in any language: for sentences; spaces follow by themselves."

  public let vocabulary: Vocabulary
  public let unknown: TokenID?
  public let description: TokenizerDescription
  private let form: TextForm
  private let rules: WordRules
  private let shapes: [TokenShape]

  public init(training documents: Documents, settings: [String: String]) throws(TokenizerError) {
    let settings = try TokenizerSettings(settings, declared: Self.settings)
    let form = try TextForm(settings)
    let rules = try WordRules(settings)
    let segmenter = try rules.segmenter()
    let counts = WordCounts()
    try documents.forEachText(changedBy: form.changed) { text throws(TokenizerError) in
      try counts.add(text, segmenter)
    }
    let (vocabulary, unknown) = try counts.vocabulary(
      minimumCount: settings.number("min-count"), maximumSize: settings.number("max-vocabulary"))
    var values = settings.values
    values["unknown"] = unknown.map { "\($0)" } ?? "none"
    values["icu"] = ICU.version
    values["fingerprint"] = try rules.fingerprint()
    try self.init(
      TokenizerDescription(name: Self.name, version: Self.version, settings: values, vocabulary: vocabulary))
  }

  public init(_ description: TokenizerDescription) throws(TokenizerError) {
    let settings = try description.settings(
      for: Self.self, version: Self.version, declared: Self.settings + Self.storedSettings)
    vocabulary = description.vocabulary
    unknown = try Self.unknown(settings["unknown"], in: vocabulary)
    form = try TextForm(settings)
    rules = try WordRules(settings)
    shapes = vocabulary.indices.map { TokenShape(of: description.vocabulary[$0]) }
    self.description = description
  }

  private static func unknown(_ value: String, in vocabulary: Vocabulary) throws(TokenizerError) -> TokenID? {
    if value == "none" { return nil }
    guard let token = TokenID(value), vocabulary.indices.contains(token) else {
      throw .badDescription(
        "this model's tokenizer gives unknown words the number \(value.escapingInvisibles), and has \(vocabulary.count) tokens")
    }
    return token
  }

  /// For each token, as a number, how it stands beside its neighbours: all that spacing needs to know.
  package var shapeBits: [UInt16] { shapes.map(\.rawValue) }

  /// A text that different rules cut in different ways, so that how it is cut tells rules apart.
  package static let cuttingSample = WordRules.sample

  public var unsampled: Set<TokenID> { unknown.map { [$0] } ?? [] }

  public var warnings: [String] { rules.warnings(trainedWith: description.settings) }

  public func changed(_ text: Span<UInt8>) throws(TokenizerError) -> [UInt8]? {
    try form.changed(text)
  }

  public func cut(_ text: Span<UInt8>, into tokens: inout [TokenID]) throws(TokenizerError) {
    let shapes = shapes.span
    var spacing = Spacing()
    var gapStart = 0
    try rules.segmenter().forEachPiece(of: text) { piece throws(TokenizerError) in
      guard let token = vocabulary.id(of: piece, in: text) ?? unknown else { throw unknownWord(piece, of: text) }
      let shape = shapes[Int(token)]
      let gap = gapStart..<piece.lowerBound
      let expectsSpace = spacing.predictsSpace(before: token, shape)
      if expectsSpace ? gap.count == 1 && text[gapStart] == 0x20 : gap.isEmpty {
        spacing.advance(to: token, shape, after: .predicted)
      } else {
        try appendGap(gap, of: text, to: &tokens)
        spacing.advance(to: token, shape, after: gap.isEmpty ? .nothing : .whiteSpace)
      }
      tokens.append(token)
      gapStart = piece.upperBound
    }
    if gapStart < text.count { try appendGap(gapStart..<text.count, of: text, to: &tokens) }
  }

  /// Appends the explicit tokens for a gap that is not as predicted: one for each character, or the empty one.
  private func appendGap(_ gap: Range<Int>, of text: Span<UInt8>, to tokens: inout [TokenID]) throws(TokenizerError) {
    var start = gap.lowerBound
    repeat {
      let end = gap.isEmpty ? start : start + WhiteSpace.length(at: start, in: text)
      guard let token = vocabulary.id(of: text.extracting(start..<end)) ?? unknown else {
        throw .unknownSpacing(gap, of: text)
      }
      tokens.append(token)
      start = end
    } while start < gap.upperBound
  }

  private func unknownWord(_ piece: Range<Int>, of text: Span<UInt8>) -> TokenizerError {
    .unknownPiece(
      piece, of: text,
      remedy:
        "train on a corpus that has it, or with --min-count or --max-vocabulary, so that there is a token for unknown words"
    )
  }

  public func decode(_ tokens: Span<TokenID>) -> [UInt8] {
    var text: [UInt8] = []
    var spacing = Spacing()
    var gap = Gap.predicted
    for index in tokens.indices {
      let token = tokens[index]
      let shape = shapes[Int(token)]
      if shape.contains(.gap) {
        gap = vocabulary[token].isEmpty && gap != .whiteSpace ? .nothing : .whiteSpace
      } else {
        if gap == .predicted && spacing.predictsSpace(before: token, shape) { text.append(0x20) }
        spacing.advance(to: token, shape, after: gap)
        gap = .predicted
      }
      text.append(copying: vocabulary[token])
    }
    return text
  }
}
