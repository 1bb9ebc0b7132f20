import Foundation
import StrictJSON
import Sweeps
import TestSupport
import Testing

@Suite("A sweep has every combination once, keeps its results and shows the best first")
struct SweepTests {
  @Test(arguments: [
    ("layers=1,2", ["1", "2"]), ("seed=3..5", ["3", "4", "5"]), ("seed=1,7..8", ["1", "7", "8"]),
    ("keep=a..b", nil), ("layers=", nil), ("=1", nil), ("layers", nil), ("layers=1,1", nil), ("seed=5..3", nil),
    ("seed=0..9223372036854775807", nil), ("seed=-9223372036854775807..9223372036854775807", nil),
  ])
  func `the values of a setting are parsed`(text: String, values: [String]?) {
    #expect(Variation(text)?.values == values)
  }

  @Test func `the last setting changes fastest`() throws {
    let grid = try #require(Grid([Variation("a", ["1", "2"]), Variation("b", ["x", "y"])]))
    #expect(grid.points.map { $0.map(\.value).joined() } == ["1x", "1y", "2x", "2y"])
    #expect(Grid([])?.points == [[]])
    #expect(Grid(["a", "b", "c"].map { Variation($0, (0..<1000).map(String.init)) }) == nil)
  }

  @Test func `parts have every point once`() {
    let parts = (1...3).compactMap { Part("\($0)/3") }
    #expect((0..<20).allSatisfy { index in parts.count { $0.has(index) } == 1 })
    for wrong in ["0/3", "4/3", "1", "1/0", "a/b", "1/2/3"] { #expect(Part(wrong) == nil) }
  }

  private func row(_ layers: String, _ seed: String, _ loss: Double) -> SweepTable.Row {
    var result = JSON.Object()
    result["model"] = .string("m\(layers)\(seed)")
    result["validationLoss"] = .real(loss)
    result["bitsPerByte"] = .real(2 * loss)
    result["parameters"] = 1000
    result["seconds"] = 2
    return SweepTable.Row(
      settings: [.init(name: "layers", value: layers), .init(name: "seed", value: seed)], run: layers + seed,
      result: result)
  }

  @Test func `appended rows are read again, and an incomplete line is dropped`() throws {
    let folder = try TemporaryFolder()
    do {
      let table = try SweepTable(folder.url.path)
      try table.append(row("1", "1", 2.5))
      try table.append(SweepTable.Row(settings: [], run: "x", failure: "no"))
    }
    let whole = try folder.contents("table.jsonl")
    try folder.write("table.jsonl", Array(whole) + Array(#"{"settings":{"lay"#.utf8))
    let table = try SweepTable(folder.url.path)
    #expect(table.rows == [row("1", "1", 2.5), SweepTable.Row(settings: [], run: "x", failure: "no")])
    #expect(try folder.contents("table.jsonl") == whole)
    let other = try SweepTable(folder.url.path, part: Part("2/2"))
    #expect(other.rows == table.rows)
  }

  @Test func `a line that is not a row is an error with its place`() throws {
    let folder = try TemporaryFolder()
    try folder.write("table.jsonl", "{\"settings\":{},\"run\":\"1\"}\n{}\n")
    let error = #expect(throws: SweepError.self) { try SweepTable(folder.url.path) }
    #expect(error?.description.contains("table.jsonl, line 2, is not a row of a sweep") == true)
  }

  @Test func `two sweeps do not write one table`() throws {
    let folder = try TemporaryFolder()
    let table = try SweepTable(folder.url.path)
    #expect(throws: (any Error).self) { try SweepTable(folder.url.path) }
    withExtendedLifetime(table) {}
  }

  @Test func `seeds are averaged and the best results come first`() {
    let summary = SweepSummary([row("1", "1", 2.5), row("1", "2", 2.7), row("2", "1", 2.1), row("2", "2", 2.2)])
    #expect(
      summary.text == """
        bits per byte  spread  models  held out  parameters  seconds  layers
        4.3000         0.1000  2       2.1500    1,000       2.00     2
        5.2000         0.2000  2       2.6000    1,000       2.00     1

        """)
    #expect(summary.best == "m21")
  }
}
