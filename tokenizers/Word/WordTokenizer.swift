import Support
import Tokenization
import UnicodeRules

/// One token for each word, number and punctuation mark, found by Unicode's rules and ICU's dictionaries in every
/// script.
///
///     let tokenizer = try WordTokenizer(training: Documents(["The cat's hat cost $3.50."]))
///     try tokenizer.encode("The hat cost $3.50.")   // The | hat | cost | $ | 3.50 | .
///
/// Spaces that `Spacing` predicts have no tokens. Where a text differs from the prediction, it has one token for each
/// white-space character, or the empty token for a missing space, so that every text is restored byte for byte. The
/// vocabulary has these tokens only if the corpus needs them.
///
/// With the setting `spaces` at `attached`, a word and the space before it are one token instead, and a text is its
/// tokens one after the other: `The`, ` hat`, ` cost`, ` $`, `3.50`, `.`. Other programs can split text like this.
public struct WordTokenizer: Tokenizer {
  public static let name = "word"
  public static let summary =
    "One token for each word, number or punctuation mark, in any language: for sentences. Spaces are predicted."

  public let vocabulary: Vocabulary
  public let unknown: TokenID?
  let settings: TokenizerSettings
  let version: Int
  let form: TextForm
  private let rules: WordRules
  private let spaces: WordSpaces
  private let shapes: [TokenShape]

  public init(training documents: Documents, settings: [String: String]) throws(TokenizerError) {
    let settings = try TokenizerSettings(settings, declared: Self.settings)
    let form = try TextForm(settings)
    let rules = try WordRules(settings)
    let segmenter = try rules.segmenter()
    let counts = WordCounts(settings.choice("spaces"))
    try documents.forEachText(normalizedBy: form.normalized) { text throws(TokenizerError) in
      try counts.add(text, segmenter)
    }
    let (vocabulary, unknown) = try counts.vocabulary(
      minimumCount: settings.number("min-count"), maximumSize: settings.number("max-vocabulary"))
    var values = settings.values
    values["unknown"] = unknown.map { "\($0)" } ?? "none"
    values["icu"] = ICU.version
    values["fingerprint"] = try rules.fingerprint()
    try self.init(
      TokenizerDescription(
        name: Self.name, version: Self.version, settings: Self.stored(values), vocabulary: vocabulary))
  }

  public init(_ description: TokenizerDescription) throws(TokenizerError) {
    try self.init(
      try description.settings(
        for: Self.self, version: Self.version, declared: Self.settings + Self.storedSettings),
      description.vocabulary, version: description.version)
  }

  /// Builds the tokenizer that has these settings, which are all that is declared and all that is stored.
  package init(_ settings: TokenizerSettings, _ vocabulary: Vocabulary, version: Int) throws(TokenizerError) {
    self.settings = settings
    self.version = version
    self.vocabulary = vocabulary
    unknown = try Self.unknown(settings["unknown"], in: vocabulary)
    form = try TextForm(settings)
    rules = try WordRules(settings)
    spaces = settings.choice("spaces")
    shapes = vocabulary.indices.map { TokenShape(of: vocabulary[$0]) }
  }

  public var description: TokenizerDescription {
    TokenizerDescription(
      name: Self.name, version: version, settings: Self.stored(settings.values), vocabulary: vocabulary)
  }

  private static func unknown(_ value: String, in vocabulary: Vocabulary) throws(TokenizerError) -> TokenID? {
    if isEqual(value, "none") { return nil }
    guard let token = TokenID(value), vocabulary.indices.contains(token) else {
      throw .badDescription(
        "this model's tokenizer has \(vocabulary.count) tokens, but gives unknown words the number "
          + value.escapingInvisibles)
    }
    return token
  }

  public var warnings: [String] { rules.warnings(for: settings, version: version) }

  public var exportRule: ExportRule {
    guard spaces == .predicted else { return attachedRule }
    return ExportRule(
      splitting: splitsAtSingleSpaces ? .spaces : nil, joiner: " ", normalForm: form.normalization.exportForm,
      lowercases: form.lowercases)
  }

  /// True if every text of known words has exactly one space between neighboring tokens, and no other.
  ///
  /// Found by trial: each token twice in a row must decode to such a text, which must encode to the same tokens.
  private var splitsAtSingleSpaces: Bool {
    guard unknown == nil, settings["locale"] == "root" else { return false }
    let tokens = vocabulary.indices.flatMap { [$0, $0] }
    let text = tokens.map { vocabulary.text($0) }.joined(separator: " ")
    guard let encoded = try? encode(text) else { return false }
    return encoded == tokens && decode(tokens).elementsEqual(text.utf8)
  }

  public func normalized(_ text: Span<UInt8>) throws(TokenizerError) -> [UInt8]? {
    try form.normalized(text)
  }

  public func encodeNormalized(_ text: Span<UInt8>, into tokens: inout [TokenID]) throws(TokenizerError) {
    try encodeNormalized(text, into: &tokens, reportingUnknown: { _ in })
  }

  public func encodeNormalized(
    _ text: Span<UInt8>, into tokens: inout [TokenID], reportingUnknown report: (Range<Int>) -> Void
  ) throws(TokenizerError) {
    switch spaces {
    case .predicted: try encodePredicting(text, into: &tokens, report)
    case .attached: try encodeAttaching(text, into: &tokens, report)
    }
  }

  private func encodePredicting(
    _ text: Span<UInt8>, into tokens: inout [TokenID], _ report: (Range<Int>) -> Void
  ) throws(TokenizerError) {
    let shapes = shapes.span
    var spacing = Spacing()
    var gapStart = 0
    try rules.segmenter().forEachWord(of: text) { word throws(TokenizerError) in
      guard let token = vocabulary.id(of: word, in: text) ?? unknown else { throw unknownWord(word, of: text) }
      if token == unknown { report(word) }
      let shape = shapes[Int(token)]
      let gap = gapStart..<word.lowerBound
      let expectsSpace = spacing.predictsSpace(before: token, shape)
      if expectsSpace ? gap.count == 1 && text[gapStart] == 0x20 : gap.isEmpty {
        spacing.advance(to: token, shape, after: .predicted)
      } else {
        try appendGap(gap, of: text, to: &tokens, report)
        spacing.advance(to: token, shape, after: gap.isEmpty ? .nothing : .whiteSpace)
      }
      tokens.append(token)
      gapStart = word.upperBound
    }
    if gapStart < text.count { try appendGap(gapStart..<text.count, of: text, to: &tokens, report) }
  }

  /// Where a word and its space are not in the vocabulary together, an unknown word leaves the space its own token.
  private func encodeAttaching(
    _ text: Span<UInt8>, into tokens: inout [TokenID], _ report: (Range<Int>) -> Void
  ) throws(TokenizerError) {
    var gapStart = 0
    try rules.segmenter().forEachWord(of: text) { word throws(TokenizerError) in
      var piece = word.attachingSpace(of: text, from: gapStart)
      let token = vocabulary.id(of: piece, in: text)
      if token == nil && unknown != nil { piece = word }
      if gapStart < piece.lowerBound { try appendGap(gapStart..<piece.lowerBound, of: text, to: &tokens, report) }
      guard let token = token ?? unknown else { throw unknownWord(piece, of: text) }
      if token == unknown { report(piece) }
      tokens.append(token)
      gapStart = word.upperBound
    }
    if gapStart < text.count { try appendGap(gapStart..<text.count, of: text, to: &tokens, report) }
  }

  /// Appends the tokens of a gap that differs from the prediction: one for each character, or the empty token.
  private func appendGap(
    _ gap: Range<Int>, of text: Span<UInt8>, to tokens: inout [TokenID], _ report: (Range<Int>) -> Void
  ) throws(TokenizerError) {
    var start = gap.lowerBound
    repeat {
      let end = gap.isEmpty ? start : start + WhiteSpace.length(at: start, in: text)
      guard let token = vocabulary.id(of: text.extracting(start..<end)) ?? unknown else {
        throw .unknownSpacing(gap, of: text)
      }
      if token == unknown { report(start..<end) }
      tokens.append(token)
      start = end
    } while start < gap.upperBound
  }

  private func unknownWord(_ word: Range<Int>, of text: Span<UInt8>) -> TokenizerError {
    .unknownText(
      word, of: text,
      remedy: "train on a corpus that contains it, or with --min-count or --max-vocabulary, "
        + "so that there is a token for unknown words")
  }

  public func decode(_ tokens: Span<TokenID>) -> [UInt8] {
    var text: [UInt8] = []
    if spaces == .attached {
      for index in tokens.indices { text.append(copying: vocabulary[tokens[index]]) }
      return text
    }
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
