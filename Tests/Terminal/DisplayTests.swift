import Support
import Terminal
import Testing

@Suite("Displayed text fits the line and cannot control the terminal")
struct DisplayTests {
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

  @Test(arguments: [
    ("anna", 4), ("é", 1), ("e\u{301}", 1), ("子ども", 6), ("한글", 4), ("สวัสดี", 4), ("👩‍👩‍👧", 2), ("❤️", 2), ("", 0),
    ("a\u{200B}b", 2),
  ])
  func `columns are those of a terminal`(text: String, columns: Int) { #expect(text.columns == columns) }

  @Test func `text that is too wide is cut at a character boundary and marked`() {
    #expect("a long text".truncated(toColumns: 11) == "a long text")
    #expect("a long text".truncated(toColumns: 7) == "a long…")
    #expect("子どもたち".truncated(toColumns: 6) == "子ど…")
  }

  @Test func `texts are shown side by side where they fit`() {
    #expect(
      sideBySide(["anna", "bob", "carla"], heading: "step 1  ", width: 19) == ["step 1  anna · bob", "        carla"])
    #expect(sideBySide(["anna marie louise"], heading: "> ", width: 12) == ["> anna mari…"])
    #expect(sideBySide([], heading: "> ", width: 12) == ["> "])
  }
}
