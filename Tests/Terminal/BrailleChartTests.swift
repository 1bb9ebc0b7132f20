import Terminal
import Testing

@Suite("A chart in braille")
struct BrailleChartTests {
  @Test func `a falling line falls`() {
    let lines = brailleChart([8, 7, 6, 5, 4, 3, 2, 1], width: 4, height: 2)
    #expect(lines == ["8.00 ┤⠑⢄⠀⠀", "1.00 ┤⠀⠀⠑⢄"])
  }

  @Test func `a steep line has no holes`() {
    #expect(brailleChart([0, 10], width: 1, height: 2) == ["10.00 ┤⢸", " 0.00 ┤⡸"])
  }

  @Test func `marks are at the places of their values`() {
    let lines = brailleChart([3, 3, 3, 3, 3, 3], marks: [.nan, 1, 3], width: 3, height: 3)
    #expect(lines == ["3.00 ┤⠉⠉●", "     │⠀⠀⠀", "1.00 ┤⠀●⠀"])
  }

  /// A run of no steps, one step, or a constant loss must not end in a trap.
  @Test(arguments: [[], [2.5], [.nan], [2, 2, 2], [.infinity, 1, 2]] as [[Double]])
  func `any values can be drawn, and those without a finite number give no lines`(values: [Double]) {
    for (width, height) in [(1, 1), (40, 6), (0, 3)] {
      let lines = brailleChart(values, width: width, height: height)
      #expect(lines.count == (width > 0 && values.contains(where: \.isFinite) ? height : 0))
      #expect(Set(lines.map(\.count)).count <= 1)
    }
  }
}
