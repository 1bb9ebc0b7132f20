import Support
import Testing

/// Without the escapes, untrusted text could clear a terminal's screen, type into it, or look like other text.
@Suite("Invisible and unsafe characters become escapes")
struct VisibleTextTests {
  /// Every kind of escaped character, with its first and last scalar.
  static let table: [(kind: String, scalars: ClosedRange<UInt32>)] = [
    ("C0 control", 0x00...0x1F), ("DEL and C1 control", 0x7F...0x9F), ("soft hyphen", 0xAD...0xAD),
    ("Arabic letter mark", 0x061C...0x061C), ("Mongolian vowel separator", 0x180E...0x180E),
    ("zero-width space", 0x200B...0x200B), ("bidirectional mark", 0x200E...0x200F),
    ("line and paragraph separator", 0x2028...0x2029), ("bidirectional override", 0x202A...0x202E),
    ("word joiner and invisible operator", 0x2060...0x2065), ("bidirectional isolate", 0x2066...0x2069),
    ("deprecated format character", 0x206A...0x206F), ("byte order mark", 0xFEFF...0xFEFF),
    ("interlinear annotation", 0xFFF9...0xFFFB), ("tag", 0xE0000...0xE007F),
  ]

  @Test(arguments: table) func `every character of the table is escaped`(kind: String, scalars: ClosedRange<UInt32>)
    throws
  {
    for value in scalars {
      let text = "a" + String(try #require(Unicode.Scalar(value))) + "b"
      let escape =
        switch value {
        case 0x09: "\\t"
        case 0x0A: "\\n"
        case 0x0D: "\\r"
        default: "\\u{" + String(value, radix: 16, uppercase: true) + "}"
        }
      #expect(text.escapingInvisibles == "a\(escape)b", "\(kind)")
    }
  }

  @Test func `every other scalar of Unicode stays`() {
    let escaped = Set(Self.table.flatMap(\.scalars))
    let others = (0...0x10FFFF).filter { !escaped.contains($0) }.compactMap(Unicode.Scalar.init)
    var text = "a"
    text.unicodeScalars.append(contentsOf: others)
    #expect(text.escapingInvisibles.utf8.elementsEqual(text.utf8))
  }

  @Test(arguments: ["plain text, café 👩‍👩‍👧", "می‌خواهم", "❤️ 🇩🇪", ""])
  func `joiners inside text stay`(text: String) {
    #expect(text.escapingInvisibles.utf8.elementsEqual(text.utf8))
  }

  /// A token that consists of a joiner would otherwise look like the empty token.
  @Test func `a joiner that follows nothing is escaped`() {
    #expect("\u{200D}".escapingInvisibles == "\\u{200D}")
    #expect("\u{200C}a\u{200D}".escapingInvisibles == "\\u{200C}a\u{200D}")
  }

  @Test func `line feeds and tabs are kept on request`() {
    #expect("a\u{1B}[2J\r\n\tb\0".escapingInvisibles(keeping: ["\n", "\t"]) == "a\\u{1B}[2J\\r\n\tb\\u{0}")
    #expect("no\u{1B}[1A\n\tfile".escapingInvisibles == "no\\u{1B}[1A\\n\\tfile")
  }

  @Test func `an escaped JSON document is the same document`() {
    let text = "{\"a\u{9B}\u{7F}\u{202E}\u{E0041}\":\n\t1}"
    #expect(text.escapingInvisiblesOfJSON == "{\"a\\u009b\\u007f\\u202e\\udb40\\udc41\":\n\t1}")
  }

  /// A document with line breaks would otherwise take several lines of a table.
  @Test func `line feeds alone can be escaped`() {
    #expect("a\nb\r\n\tc\u{1B}".escapingLineFeeds == "a\\nb\r\\n\tc\u{1B}")
  }
}
