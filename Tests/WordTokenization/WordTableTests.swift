import Support
import TestSupport
import Testing
import Tokenization
import WordTokenization

/// Trains on the text itself and returns its tokens, with `·` for an explicit space and `∅` for the empty token.
private func tokens(_ text: String, _ settings: [String: String] = [:]) throws -> [String] {
  let tokenizer = try WordTokenizer(training: Documents([text]), settings: settings)
  try checkConformance(of: tokenizer, on: [text])
  return try tokenizer.encode(text).map { token in
    let text = tokenizer.vocabulary.text(token)
    return text.isEmpty ? "∅" : text == " " ? "·" : text
  }
}

struct WordTableTests {
  @Test(arguments: [
    ("don't", ["don't"]),
    ("can’t", ["can’t"]),
    ("state-of-the-art", ["state", "-", "of", "-", "the", "-", "art"]),
    ("$21.19", ["$", "21.19"]),
    ("50%", ["50", "%"]),
    ("U.S.A.", ["U.S.A", "."]),
    ("\"quoted\"", ["\"", "quoted", "\""]),
    ("(brackets)", ["(", "brackets", ")"]),
    ("C++", ["C", "∅", "+", "+"]),
    ("#tag", ["#", "tag"]),
    ("我爱北京天安门。", ["我", "爱", "北京", "天安门", "。"]),
    ("ฉันรักแมวสีดำ", ["ฉัน", "รัก", "แมว", "สี", "ดำ"]),
    ("私は猫が好きです。", ["私", "は", "猫", "が", "好き", "です", "。"]),
    ("👩‍👩‍👧 naïve café", ["👩‍👩‍👧", "naïve", "café"]),
    (
      "The cat's hat, \"the red one,\" cost $3.50 (or so).",
      [
        "The", "cat's", "hat", ",", "\"", "the", "red", "one", ",", "\"", "cost", "$", "3.50", "(", "or", "so", ")",
        ".",
      ]
    ),
    (
      "He said: “Go!” – ‘Why?’ she asked…",
      ["He", "said", ":", "“", "Go", "!", "”", "–", "‘", "Why", "?", "’", "she", "asked", "…"]
    ),
    ("«Да», сказал он.", ["«", "Да", "»", ",", "сказал", "он", "."]),
    ("„Ja“, sagte sie, »gern«.", ["„", "Ja", "“", ",", "sagte", "sie", ",", "»", "gern", "«", "."]),
    ("”Hej”, sade hon.", ["”", "Hej", "”", ",", "sade", "hon", "."]),
    ("at 10:30: tea/coffee & cake", ["at", "10", ":", "30", ":", "tea", "/", "coffee", "&", "cake"]),
    ("from 1939–45 – so", ["from", "1939", "–", "45", "·", "–", "so"]),
    ("https://example.com/a_b?c", ["https", ":", "/", "/", "example.com", "/", "a_b", "?", "∅", "c"]),
    ("x == y || z", ["x", "=", "=", "y", "|", "|", "z"]),
    ("Wait... what?!", ["Wait", ".", ".", ".", "what", "?", "!"]),
    ("so 😀🎉 ok!", ["so", "😀", "🎉", "ok", "!"]),
    ("¿Qué? ¡Sí!", ["¿", "Qué", "?", "¡", "Sí", "!"]),
    ("שלום, מה שלומך?", ["שלום", ",", "מה", "שלומך", "?"]),
    ("مرحبا، كيف حالك؟", ["مرحبا", "،", "كيف", "حالك", "؟"]),
    ("한국어 문장입니다.", ["한국어", "문장입니다", "."]),
    ("他说：“你好！”", ["他", "说", "：", "“", "你好", "！", "”"]),
    ("a  b", ["a", "·", "·", "b"]),
    (" a ", ["·", "a", "·"]),
    ("one\ntwo", ["one", "\n", "two"]),
    ("tab\there\r\n", ["tab", "\t", "here", "\r", "\n"]),
    ("a , b", ["a", "·", ",", "b"]),
    ("5\" pipe \"x\"", ["5", "∅", "\"", "pipe", "\"", "x", "\""]),
    ("dogs' tails", ["dogs", "∅", "'", "tails"]),
    ("say 'hello' now", ["say", "'", "hello", "'", "now"]),
    ("  ", ["·", "·"]),
  ])
  func `tokens are those that a reader expects`(text: String, expected: [String]) throws {
    #expect(try tokens(text) == expected)
  }

  @Test(arguments: [
    ("I like C++, #swift and @user.", ["I", "like", "C++", ",", "#swift", "and", "@user", "."]),
    ("C++C++", ["C++", "∅", "C++"]),
    ("New York is new", ["New York", "is", "new"]),
  ])
  func `protected patterns are not split`(text: String, expected: [String]) throws {
    #expect(try tokens(text, ["keep": #"[A-Za-z]\+\+|[#@]\w+|New York"#]) == expected)
  }

  @Test func `lower case follows the locale`() throws {
    #expect(try tokens("The ÉTÉ Σας", ["lowercase": "true"]) == ["the", "été", "σας"])
    #expect(try tokens("ISPARTA ILI", ["lowercase": "true", "locale": "tr"]) == ["ısparta", "ılı"])
  }

  /// Generated text must have the spaces that a person would write.
  @Test func `decoded tokens have the spaces that a person would write`() throws {
    let tokenizer = try WordTokenizer(
      training: Documents([
        "The cat's hat, \"the red one,\" cost $3.50 (or so). \"Why?\" Tom: 50% off; see state-of-the-art!"
      ]))
    let words = ["\"", "The", "hat", "?", "\"", "(", "Tom", ")", ":", "$", "3.50", ",", "50", "%", "-", "off", "!"]
    let tokens = try words.map { try #require(tokenizer.vocabulary.id(of: $0)) }
    #expect(tokenizer.text(of: tokens) == "\"The hat?\" (Tom): $3.50, 50%-off!")
  }
}
