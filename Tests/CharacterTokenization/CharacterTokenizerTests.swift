import CharacterTokenization
import Support
import TestSupport
import Testing
import Tokenization

struct CharacterTokenizerTests {
  static let units = ["grapheme", "scalar", "byte"]

  @Test(arguments: units, ["nfc", "nfkc", "none"])
  func `decoding restores every text`(unit: String, form: String) throws {
    var random = RandomSource(seed: 11)
    let texts = nastyTexts + (0..<2000).map { _ in randomText(&random) }
    let tokenizer = try CharacterTokenizer(
      training: Documents(texts), settings: ["unit": unit, "normalize": form])
    try checkConformance(of: tokenizer, on: texts)
  }

  /// A model of names should have the well-known vocabulary of 27 tokens: 26 letters and the boundary.
  @Test func `the vocabulary is the sorted characters of the corpus`() throws {
    let tokenizer = try CharacterTokenizer(training: Documents(["zoe", "emma"]))
    #expect(tokenizer.text(of: 0..<TokenID(tokenizer.vocabulary.count)) == "aemoz")
    #expect(try tokenizer.encode("maze") == [2, 0, 4, 1])
  }

  @Test(arguments: [
    ("grapheme", ["👩‍👩‍👧", "é", "\r\n", "a", "\r", "\u{600}1", "x", "각"]),
    ("scalar", ["👩", "\u{200d}", "👩", "\u{200d}", "👧", "é", "\r", "\n", "a", "\r", "\u{600}", "1", "x", "각"]),
  ])
  func `the unit defines characters`(unit: String, expected: [String]) throws {
    let text = "👩‍👩‍👧e\u{301}\r\na\r\u{600}1x\u{1100}\u{1161}\u{11a8}"
    let tokenizer = try CharacterTokenizer(training: Documents([text]), settings: ["unit": unit])
    let tokens = try tokenizer.encode(text)
    #expect(
      tokens.map { Array(tokenizer.vocabulary.text($0).unicodeScalars) } == expected.map { Array($0.unicodeScalars) })
  }

  /// The fast path for ASCII must not change character boundaries.
  @Test func `graphemes are the characters of swift`() throws {
    let seed: UInt64 = 5
    var random = RandomSource(seed: seed)
    let texts = (0..<20_000).map { $0 % 2 == 0 ? randomText(&random) : randomASCII(&random) }
    let tokenizer = try CharacterTokenizer(training: Documents(texts), settings: ["normalize": "none"])
    for text in texts {
      let characters = try tokenizer.encode(text).map { Array(tokenizer.vocabulary.text($0).utf8) }
      #expect(characters == text.map { Array(String($0).utf8) }, "seed \(seed): \(text.debugDescription)")
    }
  }

  @Test func `an unknown character is an error with its place`() throws {
    let tokenizer = try CharacterTokenizer(training: Documents(["emma"]))
    let error = #expect(throws: TokenizerError.self) { try tokenizer.encode("emmä") }
    #expect(
      error?.description
        == "“ä” at byte 3 of “emmä” is not in the vocabulary; train on a corpus that contains it, or leave it out")
  }

  @Test func `invalid UTF 8 is an error`() throws {
    let tokenizer = try CharacterTokenizer(training: Documents(["é"]))
    for bytes: [UInt8] in [
      [0x61, 0xff], [0xc3], [0xe2, 0x82], [0xf0, 0x9f, 0x91], [0xc3, 0x28], [0xed, 0xa0, 0x80],
    ] {
      var tokens: [TokenID] = []
      #expect(throws: TokenizerError.self) { try tokenizer.encode(bytes.span, into: &tokens) }
    }
  }

  @Test func `settings are checked`() {
    let error = #expect(throws: TokenizerError.self) {
      try CharacterTokenizer(training: Documents(["a"]), settings: ["unit": "letter"])
    }
    #expect(
      error?.description
        == "“letter” is not a valid value of the tokenizer setting unit; allowed: grapheme, scalar, byte")
    let misspelt = #expect(throws: TokenizerError.self) {
      try CharacterTokenizer(training: Documents(["a"]), settings: ["unti": "byte"])
    }
    #expect(misspelt?.description.contains("did you mean unit?") == true)
  }
}
