import Foundation
import Support
import Testing
import Tokenization
import UnicodeRules

struct TextFormTests {
  /// Includes texts longer than a chunk of normalization, without an ASCII character where chunks could end.
  @Test func `normal forms agree with Foundation`() throws {
    let seed: UInt64 = 31
    var random = RandomSource(seed: seed)
    // Old characters only: their normal forms are the same in every version of Unicode. And neither U+11A8 nor U+3131,
    // which Foundation (of Swift 6.3) does not compose with their neighbors.
    let letters = Array("éàüñçøåßΩЖяשָׁالعنकाไ각한가ﬁ２Å①Ⅳ\u{1100}\u{1161}\u{301}\u{323}\u{307}\u{3099}かは".unicodeScalars)
    for round in 0..<300 {
      var text = ""
      let length = round % 3 == 0 ? 9000 : random.integer(below: 40)
      for _ in 0..<length { text.unicodeScalars.append(letters[random.integer(below: letters.count)]) }
      let bytes = Array(text.utf8)
      let composed = try Normalization.nfc.normalized(bytes.span) ?? bytes
      let compatible = try Normalization.nfkc.normalized(bytes.span) ?? bytes
      #expect(composed == Array(text.precomposedStringWithCanonicalMapping.utf8), "seed \(seed), round \(round)")
      #expect(compatible == Array(text.precomposedStringWithCompatibilityMapping.utf8), "seed \(seed), round \(round)")
    }
  }

  @Test(arguments: [
    ("e\u{301}", "é"), ("\u{1100}\u{1161}\u{11a8}", "각"), ("가\u{11a8}", "각"), ("a\u{323}\u{307}", "ạ\u{307}"),
    ("\u{307}\u{323}", "\u{323}\u{307}"), ("Å", "Å"), ("\u{958}", "\u{915}\u{93c}"), ("ﬁ", "ﬁ"),
  ])
  func `characters are composed`(text: String, expected: String) throws {
    let bytes = Array(text.utf8)
    #expect(try (Normalization.nfc.normalized(bytes.span) ?? bytes) == Array(expected.utf8))
  }

  @Test func `a normal text is not copied`() throws {
    for text in ["plain", "naïve café", "日本語", "한국어", ""] {
      let bytes = Array(text.utf8)
      #expect(try Normalization.nfc.normalized(bytes.span) == nil)
    }
  }

  /// Normalization must be idempotent, or samples could not be scored.
  @Test(arguments: [
    (Normalization.nfc, false, "root"), (.nfkc, false, "root"), (.nfc, true, "root"), (.nfkc, true, "tr"),
    (.nfkc, true, "lt"),
  ])
  func `normalization is idempotent`(normalization: Normalization, lowercase: Bool, locale: String) throws {
    let form = try TextForm(normalization, lowercase: lowercase, locale: locale)
    for first in stride(from: UInt32(0), to: 0x11_0000, by: 256) {
      let scalars = (first..<first + 256).compactMap(Unicode.Scalar.init)
      let text = scalars.flatMap { Array("\($0)\u{301}I ".utf8) }
      let once = try form.normalized(text.span) ?? text
      let isSettled = try form.normalized(once.span).map { $0 == once } ?? true
      #expect(isSettled, "from U+\(String(first, radix: 16))")
    }
  }

  @Test(arguments: [
    ("root", "THE ÉTÉ ΣΑΣ I", "the été σας i"), ("tr", "ILI İ", "ılı i"), ("lt", "Ì", "i\u{307}\u{300}"),
  ])
  func `lower case follows the locale`(locale: String, text: String, expected: String) throws {
    let bytes = Array(text.utf8)
    let lower = try TextForm(.nfc, lowercase: true, locale: locale).normalized(bytes.span)
    #expect(lower == Array(expected.utf8))
  }
}
