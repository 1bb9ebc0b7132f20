import Support

/// Valid texts that are known to break programs.
package let nastyTexts: [String] = [
  "", " ", "  ", "\n", "\r\n", "\r", "\t", "\u{0}", "\u{7f}", "\u{1b}[31m", " a", "a ", " a ", "a  b", "a\r\nb",
  "a\n\nb",
  "\u{feff}a", "a\u{0}b", "a\u{200d}b", "\u{200d}", "\u{301}", " \u{301}", "a\u{301}", "\r\u{301}\n", "\u{300}\u{316}a",
  "👩‍👩‍👧", "👍🏽", "🇩🇪🇫🇷", "🇩", "👩‍", "1️⃣", "é", "e\u{301}", "ﬁ", "２", "Å", "각", "\u{1100}\u{1161}\u{11a8}", "क्षि", "ஷ்ரீ",
  "\u{600}1", "a\u{600}1", "שָׁלוֹם עולם", "مرحبا، كيف؟", "\u{202e}abc\u{202c}", "ไทย", "ฉันรักแมวสีดำ", "私は猫が好きです。",
  "我爱北京天安门。",
  "don't", "can’t", "rock 'n' roll", "\"quoted\"", "\"", "\"\"", "\" \"", "(brackets)", "C++", "#tag", "@user",
  "$21.19", "50%",
  "U.S.A.", "state-of-the-art", "https://example.com/a_b?c=d&e#f", "a@b.org", "3,000.50", "10:30", "1.", ".1", "a.b",
  "a:b", "_", "__a__",
  "\u{a0}", "a\u{a0}b", "\u{2003}", "\u{2028}", "\u{85}", "\u{3000}", "\u{fffd}", "\u{ffff}", "\u{10ffff}", "\u{e000}",
  "\u{ad}a\u{ad}",
  "İstanbul", "ISTANBUL", "ὈΔΥΣΣΕΎΣ", "ß", "<unk>", "<|endoftext|>", "ʻokina", "a\u{308}\u{308}\u{308}\u{308}", "…",
  "—", "«a»", "„a“",
]

/// Returns a random mixture of scripts, emoji, accents, quotes, numbers, white space and unusual scalars, in up to
/// `maximumParts` parts.
package func randomText(_ random: inout RandomSource, maximumParts: Int = 12) -> String {
  var text = ""
  for _ in 0...random.integer(below: maximumParts) {
    switch random.integer(below: 10) {
    case 0...3: text += words[random.integer(below: words.count)]
    case 4...5: text += " "
    case 6: text += joints[random.integer(below: joints.count)]
    case 7: text += nastyTexts[random.integer(below: nastyTexts.count)]
    case 8: text.unicodeScalars.append(randomScalar(&random, below: 0x250))
    default: text.unicodeScalars.append(randomScalar(&random, below: 0x11_0000))
    }
  }
  return text
}

/// Returns random ASCII text with many characters that have special rules for words.
package func randomASCII(_ random: inout RandomSource, maximumLength: Int = 24) -> String {
  let special = Array("aZ09_.,:;'\"@#-/$%()  \n\r\t".unicodeScalars)
  var text = ""
  for _ in 0...random.integer(below: maximumLength) {
    let isSpecial = random.integer(below: 4) > 0
    text.unicodeScalars.append(
      isSpecial ? special[random.integer(below: special.count)] : randomScalar(&random, below: 0x80))
  }
  return text
}

private func randomScalar(_ random: inout RandomSource, below limit: Int) -> Unicode.Scalar {
  while true {
    if let scalar = Unicode.Scalar(UInt32(random.integer(below: limit))) { return scalar }
  }
}

private let words = [
  "the", "The", "cat", "a", "I", "don't", "dogs'", "3.50", "1,000", "x2", "snake_case", "café", "cafe\u{301}", "naïve",
  "Straße", "дом",
  "мир", "Ελλάδα", "σίγμας", "שלום", "سلام", "नमस्ते", "ไทย", "แมว", "我爱", "北京", "猫が", "カタカナ", "한국어", "ខ្មែរ", "👍🏽", "👩‍👩‍👧", "🇩🇪",
  "ﬁn",
]

private let joints = [
  ",", ".", "!", "?", ";", ":", "-", "--", "—", "–", "/", "\\", "'", "’", "‘", "\"", "“", "”", "„", "«", "»", "(", ")",
  "[", "]", "{", "}",
  "$", "€", "%", "#", "@", "&", "*", "+", "=", "<", ">", "|", "~", "^", "_", "`", "…", "\n", "\r\n", "\t", "  ",
  "\u{a0}", "\u{3000}", "。",
  "、", "「", "」", "¿", "¡", "\u{301}", "\u{200d}", "\u{fe0f}",
]
