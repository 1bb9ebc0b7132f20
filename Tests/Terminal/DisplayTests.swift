import Terminal
import Testing

@Suite("What is shown fits the line and cannot take over the terminal")
struct DisplayTests {
  @Test func `control characters are spelled out`() {
    #expect("plain text, café 👩‍👩‍👧".escapingControls == "plain text, café 👩‍👩‍👧")
    #expect("a\u{1B}[2J\u{7}b\r\n\tc\0".escapingControls == "a\\u{1B}[2J\\u{7}b\\u{D}\n\tc\\u{0}")
    #expect("\u{9B}2J\u{202E}".escapingControls == "\\u{9B}2J\\u{202E}")
  }

  @Test func `a sparkline spans its heights and its width`() {
    #expect(sparkline([3.3, 2.9, 2.6, 2.5, 2.4], width: 5) == "█▅▂▁▁")
    #expect(sparkline(Array(stride(from: 1.0, through: 100, by: 1)), width: 10).count == 10)
    #expect(sparkline([1, 1, 1], width: 10) == "▁▁▁")
    #expect(sparkline([], width: 10) == "")
    #expect(sparkline([.nan, .infinity, 1, 2], width: 10) == "▁█")
  }

  @Test func `a line keeps the first parts that fit`() {
    #expect(LiveLine.join(["one", "", "two", "three"], width: 80) == "one  two  three")
    #expect(LiveLine.join(["one", "two", "three"], width: 8) == "one  two")
    #expect(LiveLine.join(["one", "two", "three"], width: 7) == "one")
  }
}
