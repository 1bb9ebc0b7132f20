import Support
import TestSupport
import Testing
import Tokenization
import UnicodeRules
import WordTokenization

struct WordTokenizerTests {
  @Test(arguments: [
    [:], ["normalize": "none"], ["normalize": "nfkc", "lowercase": "true"], ["locale": "tr", "lowercase": "true"],
    ["max-vocabulary": "300"], ["min-count": "3", "lowercase": "true"], ["keep": #"[#@]\w+|\s+|.\u0301|<unk>"#],
    ["locale": "sv"], ["locale": "ja"], ["spaces": "attached"], ["spaces": "attached", "max-vocabulary": "300"],
    ["spaces": "attached", "keep": #"[#@]\w+|\s+|.\u0301|<unk>"#, "lowercase": "true"],
  ])
  func `every setting restores every text`(settings: [String: String]) throws {
    var random = RandomSource(seed: 7)
    let texts = nastyTexts + (0..<1500).map { _ in randomText(&random) }
    let tokenizer = try WordTokenizer(training: Documents(texts), settings: settings)
    try checkConformance(of: tokenizer, on: texts)
  }

  /// Plain sentences must not need more tokens than splitting at spaces gives.
  @Test func `plain words have one token each and no others`() throws {
    var random = RandomSource(seed: 3)
    let words = (0..<596).map { number in
      String(
        String(number, radix: 26).map {
          Character(Unicode.Scalar($0.asciiValue! < 58 ? $0.asciiValue! + 49 : $0.asciiValue! + 10))
        })
    }
    let texts = (0..<3000).map { first in
      ([words[first % 596]] + (0..<8).map { _ in words[random.integer(below: 596)] }).joined(separator: " ")
    }
    let tokenizer = try WordTokenizer(training: Documents(texts))
    #expect(tokenizer.vocabulary.count == Set(words).count)
    for text in texts {
      let words = try tokenizer.encode(text).map(tokenizer.vocabulary.text)
      #expect(words == text.split(separator: " ").map(String.init))
    }
  }

  @Test func `a limited vocabulary has a token for unknown words`() throws {
    let documents = Documents(["a a a b b c", "a b, d e"])
    let tokenizer = try WordTokenizer(training: documents, settings: ["max-vocabulary": "5"])
    #expect(tokenizer.vocabulary.count == 5)
    let unknown = try #require(tokenizer.unknown)
    #expect(tokenizer.unsampled == [unknown])
    #expect(tokenizer.vocabulary.text(unknown) == "<unk>")
    let encoded = try tokenizer.encode(documents)
    #expect(encoded.tokens.count { $0 == unknown } == 4)
    #expect(try tokenizer.text(of: tokenizer.encode("a x b")) == "a <unk> b")
  }

  @Test func `a limit without effect adds no token`() throws {
    let tokenizer = try WordTokenizer(
      training: Documents(["a b c"]), settings: ["max-vocabulary": "3", "min-count": "1"])
    #expect(tokenizer.vocabulary.count == 3)
    #expect(tokenizer.unknown == nil)
  }

  @Test func `an unknown word is an error with its place and the fix`() throws {
    let tokenizer = try WordTokenizer(training: Documents(["the cat sat"]))
    let word = #expect(throws: TokenizerError.self) { try tokenizer.encode("the dog sat") }
    #expect(word?.description.hasPrefix("“dog” at byte 4 of “the dog sat” is not in the vocabulary; train") == true)
    let space = #expect(throws: TokenizerError.self) { try tokenizer.encode("the  cat") }
    #expect(space?.description.hasPrefix("the white space “  ” at byte 3 of “the  cat” has no token") == true)
    let inCorpus = #expect(throws: TokenizerError.self) { try tokenizer.encode(Documents(["the", "dog"]), threads: 2) }
    #expect(inCorpus?.description.hasPrefix("document 2: “dog” at byte 0") == true)
  }

  @Test func `settings without any token left are refused`() {
    for settings in [["min-count": "3"], ["max-vocabulary": "1"]] {
      #expect(throws: TokenizerError.self) { try WordTokenizer(training: Documents(["a b c"]), settings: settings) }
    }
    let wrong = [["keep": "("], ["min-count": "0"], ["max-vocabulary": "-1"], ["lowercase": "yes"], ["unit": "byte"]]
    for settings in wrong + [["locale": String(repeating: "x", count: 101)]] {
      #expect(throws: TokenizerError.self) { try WordTokenizer(training: Documents(["a b c"]), settings: settings) }
    }
  }

  @Test func `a locale that does not exist is a warning`() throws {
    let documents = Documents(["a"])
    #expect(try WordTokenizer(training: documents, settings: ["locale": "xx_QQ"]).warnings.count == 1)
    for locale in ["root", "th", "ja", "pt_BR", "sv-SE", ""] {
      #expect(try WordTokenizer(training: documents, settings: ["locale": locale]).warnings == [], "\(locale)")
    }
  }

  @Test func `rules that differ from training are a warning`() throws {
    var description = try WordTokenizer(training: Documents(["a"])).description
    description.settings["fingerprint"] = "0123456789abcdef"
    description.settings["icu"] = "60.1"
    let warnings = try WordTokenizer(description).warnings
    #expect(warnings.count == 1)
    #expect(warnings.first?.contains("ICU 60.1") == true)
    // Version 1 had another fingerprint, so that the version of ICU alone is compared.
    description.version = 1
    #expect(try WordTokenizer(description).warnings == warnings)
    description.settings["icu"] = ICU.version
    #expect(try WordTokenizer(description).warnings == [])
  }

  /// A model file may come from an attacker.
  @Test(.timeLimit(.minutes(1))) func `hostile descriptions are refused or harmless`() throws {
    let good = try WordTokenizer(training: Documents(["aaaa"])).description
    for unknown in ["-1", "1", "99999999999999999999", "x", ""] {
      var bad = good
      bad.settings["unknown"] = unknown
      #expect(throws: TokenizerError.self) { try WordTokenizer(bad) }
    }
    var slow = good
    slow.settings["keep"] = "(a+)+$"
    let tokenizer = try WordTokenizer(slow)
    #expect(throws: TokenizerError.self) { try tokenizer.encode(String(repeating: "a", count: 60) + "b") }
    slow.settings["keep"] = String(repeating: "(", count: 2000)
    #expect(throws: TokenizerError.self) { try WordTokenizer(slow) }
  }

  @Test(arguments: [1, 2, 5]) func `the number of threads does not change tokens`(threads: Int) throws {
    var random = RandomSource(seed: 8)
    let documents = Documents((0..<60_000).map { _ in randomText(&random) })
    let tokenizer = try WordTokenizer(training: documents)
    let encoded = try tokenizer.encode(documents, threads: threads)
    var expected: [TokenID] = []
    for index in 0..<documents.count {
      try tokenizer.encode(documents[index].span, into: &expected)
      #expect(encoded.ends[index] == expected.count)
    }
    #expect(encoded.tokens == expected)
  }
}
