import Parallelism
import Support
import Testing

@testable import NGrams

/// If these fail, a memory predicts new text worse than it could.
struct DiscountFittingTests {
  static let vocabulary = 9
  static let boundary = Int32(vocabulary - 1)

  /// Documents of one to three phrases out of a few, with a token between them.
  static func documents(_ count: Int, using random: inout RandomSource) -> [[Int32]] {
    let phrases = (0..<40).map { _ in
      (0..<(3 + random.integer(below: 6))).map { _ in Int32(random.integer(below: 7)) }
    }
    return (0..<count).map { _ in
      (0..<(1 + random.integer(below: 3))).flatMap { _ in phrases[random.integer(below: phrases.count)] + [7] }
    }
  }

  static func joined(_ documents: some Sequence<[Int32]>) -> [Int32] {
    documents.reduce(into: [boundary]) { $0 += $1 + [boundary] }
  }

  @Test func `derivatives are those of finite differences`() {
    let seed = UInt64.random(in: 0...999_999)
    var random = RandomSource(seed: seed)
    let text = Self.joined(Self.documents(60, using: &random))
    let fitting = DiscountFitting(text, order: 4, vocabulary: Self.vocabulary)
    var parameters = Array(repeating: DiscountFitting.Parameters(), count: 4)
    for length in 0..<4 {
      for index in 0..<23 { parameters[length].values[index] = random.uniform() - 0.5 }
    }
    let gradient = fitting.cost(parameters).gradient
    for length in 0..<4 {
      for index in 0..<23 {
        let value = parameters[length].values[index]
        func nats(_ changed: Double) -> Double {
          parameters[length].values[index] = changed
          return fitting.cost(parameters).nats
        }
        let difference = (nats(value + 1e-4) - nats(value - 1e-4)) / 2e-4
        parameters[length].values[index] = value
        #expect(
          abs(difference - gradient[length].values[index]) < 1e-4 * max(1, abs(difference)),
          "seed \(seed), length \(length + 1), parameter \(index)")
      }
    }
  }

  /// The number of nats that a memory of some documents needs for each token of others.
  private func nats(_ memory: NGramMemory, _ documents: some Sequence<[Int32]>) -> Double {
    var (nats, count) = (0.0, 0)
    for document in documents {
      var past = NGramMemory.Past()
      memory.append(Self.boundary, to: &past)
      for token in document + [Self.boundary] {
        nats -= naturalLogarithm(Double(memory.probability(of: token, after: past)))
        memory.append(token, to: &past)
      }
      count += document.count + 1
    }
    return nats / Double(count)
  }

  /// The text is one document, or many.
  @Test(arguments: [true, false]) func `new text is predicted better than without`(isWhole: Bool) {
    let seed = UInt64.random(in: 0...999_999)
    var random = RandomSource(seed: seed)
    let documents = Self.documents(260, using: &random)
    let known = documents.prefix(60)
    let text = isWhole ? Self.joined([known.flatMap { $0 }]) : Self.joined(known)
    let fitted = NGramMemory(text, vocabulary: Self.vocabulary, byteLimit: .max)
    let counts = NGramCounts(text, order: 12, vocabulary: Self.vocabulary)
    let unfitted = NGramMemory(
      counts, order: 12, Array(repeating: NGramDiscounts(), count: 12), byteLimit: .max)
    let new = isWhole ? [documents.dropFirst(60).flatMap { $0 }] : Array(documents.dropFirst(60))
    #expect(nats(fitted, new) < nats(unfitted, new) - 0.02, "seed \(seed)")
  }

  @Test(arguments: [[8], [8, 8], [8, 0, 8], [0, 1, 2], [8, 0, -1, 1, 8], [-1]] as [[Int32]])
  func `a text of few tokens has discounts`(text: [Int32]) {
    let discounts = DiscountFitting.discounts(
      text, order: 3, vocabulary: Self.vocabulary, team: ThreadTeam(count: 1))
    #expect(discounts.count == 3)
    #expect(discounts.allSatisfy { (0.3..<1).contains($0.discounts[0]) })
  }
}
