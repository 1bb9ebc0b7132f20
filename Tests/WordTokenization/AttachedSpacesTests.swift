import Support
import TestSupport
import Testing
import Tokenization
import WordTokenization

/// Other programs put tokens together without a rule for spaces.
@Suite("Words can have the spaces before them in their tokens")
struct AttachedSpacesTests {
  private func tokenizer(_ texts: [String], _ settings: [String: String] = [:]) throws -> WordTokenizer {
    try WordTokenizer(
      training: Documents(texts), settings: settings.merging(["spaces": "attached"]) { given, _ in given })
  }

  private func pieces(_ text: String, _ tokenizer: WordTokenizer) throws -> [String] {
    try tokenizer.encode(text).map(tokenizer.vocabulary.text)
  }

  @Test func `a text is its tokens one after the other`() throws {
    let text = "The cat's hat cost (about) $3.50,\n\n  \"yes\" at 9:30.  "
    let tokenizer = try tokenizer([text])
    #expect(
      try pieces(text, tokenizer) == [
        "The", " cat's", " hat", " cost", " (", "about", ")", " $", "3.50", ",", "\n", "\n", " ", " \"", "yes", "\"",
        " at", " 9", ":", "30", ".", " ", " ",
      ])
    let last = try tokenizer.encode(text).last
    #expect(last == tokenizer.vocabulary.id(of: " "))
  }

  @Test func `a word is unknown with another space before it`() throws {
    let tokenizer = try tokenizer(["the cat sat"])
    let word = #expect(throws: TokenizerError.self) { try tokenizer.encode("cat") }
    #expect(word?.description.hasPrefix("“cat” at byte 0 of “cat” is not in the vocabulary; train") == true)
    #expect(throws: TokenizerError.self) { try tokenizer.encode("the the") }
    #expect(throws: TokenizerError.self) { try tokenizer.encode("the cat ") }
  }

  @Test func `an unknown word leaves its space`() throws {
    let tokenizer = try tokenizer(["a a a b b c", " a b, d e"], ["max-vocabulary": "5"])
    let unknown = try #require(tokenizer.unknown)
    #expect(try pieces(" a x b", tokenizer) == [" a", " ", "<unk>", " b"])
    #expect(try tokenizer.encode(" a x b")[2] == unknown)
  }

  /// Models of old have no such setting, and their files must not change.
  @Test func `predicted spaces are the default, of which files say nothing`() throws {
    let predicted = try WordTokenizer(training: Documents(["a b"]))
    #expect(predicted.description.settings["spaces"] == nil)
    #expect(try tokenizer(["a b"]).description.settings["spaces"] == "attached")
    var wrong = predicted.description
    wrong.settings["spaces"] = "removed"
    #expect(throws: TokenizerError.self) { try WordTokenizer(wrong) }
  }

  @Test func `other programs can find the longest tokens of words without dictionaries`() throws {
    let texts = ["She said: \"it's 9:30, (a) second-hand kite!\"", "Ωμέγα «café» a_b 1,000.5 x.y שלום"]
    #expect(try tokenizer(texts).exportRule == ExportRule(splitting: .longest, normalForm: .nfc))
    let lower = try tokenizer(texts, ["lowercase": "true", "normalize": "nfkc"])
    #expect(lower.exportRule == ExportRule(splitting: .longest, normalForm: .nfkc, lowercases: true))
    for texts in [["我爱北京"], ["ฉันรักแมว"], ["カタカナ"], ["a 🇩🇪🇫🇷"]] {
      #expect(try tokenizer(texts).exportRule.splitting == nil, "\(texts)")
    }
    for settings in [["keep": "a b"], ["min-count": "2"], ["locale": "tr", "lowercase": "true"]] {
      #expect(try tokenizer(["a b a b a c"], settings).exportRule.splitting == nil, "\(settings)")
    }
    // A file may have tokens that no text is split into.
    var forged = try tokenizer(["a b"]).description
    forged.vocabulary.append(Array("a b".utf8).span)
    #expect(try WordTokenizer(forged).exportRule.splitting == nil)
  }

  /// The promise of the rule, for every text that consists of known tokens.
  @Test func `the longest tokens are the tokens`() throws {
    let seed = UInt64.random(in: .min ... .max)
    var random = RandomSource(seed: seed)
    var checked = 0
    for _ in 0..<2000 {
      let texts = [randomText(&random)] + (0..<4).map { _ in randomASCII(&random) }
      let tokenizer = try tokenizer(texts + ["a"])
      guard tokenizer.exportRule.splitting == .longest else { continue }
      for text in texts {
        let tokens = try tokenizer.encode(text)
        let bytes = try Array(tokenizer.normalized(text).utf8)
        #expect(longest(of: bytes, tokenizer.vocabulary) == tokens, "seed \(seed): \(text.debugDescription)")
        #expect(fewest(of: bytes, tokenizer.vocabulary) == tokens.count, "seed \(seed): \(text.debugDescription)")
        checked += 1
      }
    }
    print("\(checked) texts were checked")
    #expect(checked > 1000)
  }

  private func longest(of text: [UInt8], _ vocabulary: Vocabulary) -> [TokenID]? {
    var tokens: [TokenID] = []
    var start = 0
    while start < text.count {
      let ends = (start + 1...text.count).reversed()
      guard let end = ends.first(where: { vocabulary.id(of: start..<$0, in: text.span) != nil }) else { return nil }
      tokens.append(vocabulary.id(of: start..<end, in: text.span) ?? -1)
      start = end
    }
    return tokens
  }

  private func fewest(of text: [UInt8], _ vocabulary: Vocabulary) -> Int? {
    var counts: [Int?] = [0]
    for end in 1..<text.count + 1 {
      let before = (0..<end).compactMap { start in
        vocabulary.id(of: start..<end, in: text.span) == nil ? nil : counts[start]
      }
      counts.append(before.min().map { $0 + 1 })
    }
    return counts[text.count]
  }
}
