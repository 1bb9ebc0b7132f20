import Support
import Testing

struct RandomSourceTests {
  /// Computed by a few lines of Python from the definition of SplitMix64.
  static let golden: [UInt64] = [4_343_161_812_488_485_408, 14_078_776_469_902_805_103, 14_430_704_426_757_470_191]

  /// If this fails, every seed gives another model than before.
  @Test func `the numbers of a seed never change`() {
    var random = RandomSource(seed: 42)
    #expect((0..<3).map { _ in random.next() } == Self.golden)
  }

  @Test func `seeds and streams are different`() {
    var one = RandomSource(seed: 1, stream: 0)
    var other = RandomSource(seed: 1, stream: 1)
    var third = RandomSource(seed: 2, stream: 0)
    let first = [one.next(), other.next(), third.next()]
    #expect(Set(first).count == 3)
  }

  @Test func `normal numbers have mean zero and deviation one`() {
    var random = RandomSource(seed: 7)
    let values = (0..<200_000).map { _ in random.normal() }
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    #expect(abs(mean) < 0.01)
    #expect(abs(variance - 1) < 0.015)
  }

  @Test func `integers are uniform below any bound`() {
    var random = RandomSource(seed: 3)
    var counts = Array(repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[random.integer(below: 7)] += 1 }
    for count in counts { #expect(abs(count - 10_000) < 500) }
  }

  @Test func `a permutation holds every number once`() {
    var random = RandomSource(seed: 9)
    for count in [0, 1, 2, 1000] {
      #expect(random.permutation(count).sorted() == Array(0..<Int32(count)))
    }
  }
}
