import Report
import Testing

@Suite("The axes of charts have round numbers")
struct TickTests {
  @Test(
    arguments: [
      (0.0, 10.0, [0, 5, 10]), (2.31, 3.42, [2.5, 3]), (0, 0.01, [0, 0.005, 0.01]),
      (1, 1, [1]), (3, 1290, [500, 1000]),
    ] as [(Double, Double, [Double])])
  func `ticks are round and lie within`(from: Double, to: Double, expected: [Double]) {
    let found = ticks(from: from, to: to, about: 4)
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-9 } && found.count == expected.count, "\(found)")
  }
}
