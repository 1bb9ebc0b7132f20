import Parallelism
import Testing

@Suite("Tree sums are the same for any number of processes")
struct TreeTests {
  @Test(arguments: [1, 2, 4, 8, 16], [1, 3, 5])
  func `processes with neighboring parts compute the sums of the tree`(count: Int, each: Int) {
    // Nearly every addition of these numbers rounds, so that another order gives another sum.
    let numbers = (0..<count * each).map { 1 / Float($0 + 3) }
    let whole = addInTree(0..<numbers.count) { numbers[$0] }
    let places = (0..<count).map { ProcessPlace(rank: $0, count: count) }
    var sums = places.map { addInTree($0.share(of: numbers.count)) { numbers[$0] } }
    for round in places[0].partners.indices {
      let before = sums
      for place in places { sums[place.rank] = before[place.rank] + before[place.partners[round]] }
    }
    #expect(sums.allSatisfy { $0 == whole })
    #expect(places.allSatisfy { $0.canShare(numbers.count) })
  }

  @Test func `another order gives another sum for these numbers`() {
    let numbers = (0..<16).map { 1 / Float($0 + 3) }
    #expect(numbers.reduce(0, +) != addInTree(0..<16) { numbers[$0] })
  }

  @Test func `a number of shards that cannot be split evenly is detected`() {
    for (count, parts) in [(3, 6), (2, 3), (4, 6), (8, 4)] {
      #expect(!ProcessPlace(rank: 0, count: count).canShare(parts))
    }
  }
}
