import Support
import Testing

@Suite("Numbers are formatted for people")
struct NumberFormattingTests {
  @Test(arguments: [
    (2.4178, 2, "2.42"), (2.995, 1, "3.0"), (0.05, 3, "0.050"), (-1.25, 1, "-1.3"), (-0.001, 2, "0.00"),
    (12.5, 0, "13"), (.infinity, 2, "inf"), (.nan, 2, "nan"), (1e18, 2, "1e+18"), (9e14, 4, "900000000000000.0"),
    (-9e12, 2, "-9000000000000.00"),
  ])
  func `a fixed number of digits follows the point`(value: Double, digits: Int, expected: String) {
    #expect(value.fixed(digits) == expected)
  }

  @Test(arguments: [
    (0.0, "0"), (950, "950"), (999.6, "1.0k"), (1234, "1.2k"), (9960, "10k"), (34_499, "34k"), (1_234_567, "1.2M"),
    (2.5e9, "2.5G"),
  ])
  func `large numbers are abbreviated`(value: Double, expected: String) { #expect(value.abbreviated == expected) }

  @Test(arguments: [
    (0.0, "0ms"), (0.0264, "26ms"), (0.9996, "1.0s"), (9.94, "9.9s"), (9.96, "10s"), (59.6, "1m 00s"), (185, "3m 05s"),
    (7800, "2h 10m"), (.nan, "?"), (-1, "?"), (.infinity, "?"), (1e300, "?"),
  ])
  func `seconds become durations`(value: Double, expected: String) { #expect(value.asDuration == expected) }

  @Test func `estimated durations are whole seconds`() {
    #expect([0, 0.1, 7.2, 59.5, 7800].map(\.asWholeDuration) == ["0s", "1s", "8s", "1m 00s", "2h 10m"])
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (4192, "4,192"), (-1_000_000, "-1,000,000"), (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func `commas separate thousands`(value: Int, expected: String) { #expect(value.grouped == expected) }

  @Test func `nouns are singular or plural`() {
    #expect(1.of("name") == "1 name")
    #expect(1000.of("name") == "1,000 names")
  }
}
