import Support
import Testing
import Tokenization

/// Tests all promises of `Tokenizer`: on `texts`, which the tokenizer must be able to encode, and on `nastyTexts`,
/// which it may refuse.
package func checkConformance<Kind: Tokenizer>(
  of tokenizer: Kind, on texts: [String], sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let rebuilt = try Kind(tokenizer.description)
  #expect(rebuilt.description == tokenizer.description, sourceLocation: sourceLocation)
  for text in texts {
    try checkPromises(of: tokenizer, and: rebuilt, on: text, sourceLocation)
  }
  for text in nastyTexts {
    do {
      try checkPromises(of: tokenizer, and: rebuilt, on: text, sourceLocation)
    } catch TokenizerError.unknownText where tokenizer.unknown == nil {
    } catch TokenizerError.unknownSpacing where tokenizer.unknown == nil {
    }
  }
  checkRefusals(of: tokenizer, sourceLocation)
}

private func checkPromises<Kind: Tokenizer>(
  of tokenizer: Kind, and rebuilt: Kind, on text: String, _ location: SourceLocation
) throws {
  let name: Comment = "\(text.debugDescription)"
  let tokens = try tokenizer.encode(text)
  let normal = try tokenizer.normalized(text)
  let decoded = tokenizer.decode(tokens)
  let identifiers = TokenID(0)..<TokenID(tokenizer.vocabulary.count)
  #expect(tokens.allSatisfy(identifiers.contains), "an id outside the vocabulary for \(name)", sourceLocation: location)
  #expect(
    try rebuilt.encode(text) == tokens, "the rebuilt tokenizer encodes differently: \(name)", sourceLocation: location)
  #expect(
    try Array(tokenizer.normalized(normal).utf8) == Array(normal.utf8), "normal form of a normal form: \(name)",
    sourceLocation: location)
  try checkReports(of: tokenizer, on: normal, tokens, location)
  if tokenizer.unknown.map(tokens.contains) != true {
    #expect(decoded == Array(normal.utf8), "round trip of \(name)", sourceLocation: location)
    #expect(tokenizer.unsampled.isDisjoint(with: tokens), "special tokens in \(name)", sourceLocation: location)
  }
  let stride = max(1, tokens.count / 40)
  for count in Swift.stride(from: 0, to: tokens.count, by: stride) {
    let start = tokenizer.decode(tokens.prefix(count))
    #expect(decoded.starts(with: start), "decode of \(count) tokens of \(name)", sourceLocation: location)
  }
}

/// Bits per byte count what unknown tokens replace, so each must be reported.
private func checkReports(
  of tokenizer: some Tokenizer, on text: String, _ tokens: [TokenID], _ location: SourceLocation
) throws {
  let bytes = Array(text.utf8)
  var pieces: [Range<Int>] = []
  var reported: [TokenID] = []
  try tokenizer.encodeNormalized(bytes.span, into: &reported) { pieces.append($0) }
  let count = tokens.count { $0 == tokenizer.unknown }
  let isAscending = zip(pieces, pieces.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }
  #expect(
    reported == tokens && pieces.count == count && isAscending && (pieces.last?.upperBound ?? 0) <= bytes.count,
    "the unknown pieces of \(text.debugDescription)", sourceLocation: location)
}

/// An invalid description in a model file must be refused with a sentence.
private func checkRefusals<Kind: Tokenizer>(of tokenizer: Kind, _ location: SourceLocation) {
  func refuses(_ change: (inout TokenizerDescription) -> Void, _ what: Comment) {
    var description = tokenizer.description
    change(&description)
    #expect(throws: TokenizerError.self, what, sourceLocation: location) { try Kind(description) }
  }
  refuses({ $0.version += 1 }, "a newer format")
  refuses({ $0.version = -1 }, "a negative format")
  refuses({ $0.name += "x" }, "another kind")
  refuses({ $0.settings["no such setting"] = "1" }, "an unknown setting")
  refuses({ $0.vocabulary = Vocabulary() }, "no vocabulary")
  for setting in Kind.settings {
    if case .text = setting.values { continue }
    refuses({ $0.settings[setting.name] = "\u{1b}?" }, "an invalid value of \(setting.name)")
  }
  #expect(throws: TokenizerError.self, "an empty corpus", sourceLocation: location) {
    try Kind(training: Documents())
  }
}
