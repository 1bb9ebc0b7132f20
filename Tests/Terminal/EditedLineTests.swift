import Terminal
import Testing

@Suite("A line can be edited before it is entered")
struct EditedLineTests {
  /// The bytes that a terminal sends, and the resulting line, with | for the cursor.
  @Test(arguments: [
    ("anna", "anna|"), ("ana\u{1B}[Dn", "ann|a"), ("nna\u{1}a", "a|nna"), ("ab\u{1B}OH\u{1B}OFc", "abc|"),
    ("abc\u{7F}\u{8}", "a|"), ("abc\u{1B}[D\u{1B}[3~", "ab|"), ("abc\u{1B}[D\u{1B}[D\u{B}", "a|"),
    ("abc\u{1B}[D\u{15}", "|c"), ("the red  dog \u{17}", "the red  |"), ("the dog\u{1B}b\u{1B}[1;5Dx", "x|the dog"),
    ("a b\u{1}\u{1B}f!", "a!| b"), ("\u{7F}\u{1B}[D\u{1B}[C\u{B}", "|"), ("a\u{1B}[99~\u{1B}[20;3Xb\u{0}\u{7}", "ab|"),
    ("日本\u{1B}[D語", "日語|本"), ("e\u{301}x\u{7F}\u{7F}", "|"), ("👩‍👩‍👧!\u{1B}[D\u{7F}", "|!"), ("a\u{9B}b", "ab|"),
  ])
  func `keys edit the line`(typed: String, expected: String) {
    var line = EditedLine(history: [])
    type(typed, into: &line)
    let characters = line.characters
    #expect(String(characters[..<line.cursor]) + "|" + String(characters[line.cursor...]) == expected)
  }

  @Test func `earlier lines can be recalled, and so can the unfinished one`() {
    var line = EditedLine(history: ["first", "second"])
    var seen: [String] = []
    type("new", into: &line)
    for key in [Key.up, .up, .up, .text("!"), .down, .up, .down, .down, .down] {
      line.apply(key)
      seen.append(line.text)
    }
    #expect(seen == ["second", "first", "first", "first!", "second", "first!", "second", "new", "new"])
  }

  @Test func `a line that is too long shows the part around the cursor`() {
    var line = EditedLine(history: [])
    type("abcdefghij", into: &line)
    #expect(line.view(width: 6) == ("fghij", 5))
    for _ in 0..<3 { line.apply(.left) }
    #expect(line.view(width: 6) == ("cdefgh", 5))
    line.apply(.start)
    #expect(line.view(width: 6) == ("abcdef", 0))
    #expect(line.view(width: 20) == ("abcdefghij", 0))
    var wide = EditedLine(history: [])
    type("子どもたち", into: &wide)
    #expect(wide.view(width: 6) == ("たち", 4))
  }

  /// No bytes from a terminal may stop the program.
  @Test func `random bytes do no harm`() {
    let seed = UInt64.random(in: 0..<1_000_000)
    var state = seed
    var decoder = KeyDecoder()
    var line = EditedLine(history: ["one", "two"])
    for _ in 0..<100_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      guard let key = decoder.next(UInt8(truncatingIfNeeded: state >> 40)) else { continue }
      line.apply(key)
      let isInside = 0...line.characters.count ~= line.cursor && line.view(width: 10).column < 10
      #expect(isInside, "seed \(seed)")
    }
  }

  private func type(_ typed: String, into line: inout EditedLine) {
    var decoder = KeyDecoder()
    for byte in typed.utf8 {
      if let key = decoder.next(byte) { line.apply(key) }
    }
  }
}
