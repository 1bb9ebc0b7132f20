import KneserNey
import Support
import Synchronization
import Testing

@testable import NGrams

/// If these fail, a model's probabilities do not add up to one, or are not those of its text.
struct NGramMemoryTests {
  static let vocabulary = 9
  static let boundary = Int32(vocabulary - 1)

  /// Texts in which most tokens depend on the one before, so that there are n-grams of every count.
  static func documents(_ count: Int, using random: inout RandomSource) -> [[Int32]] {
    (0..<count).map { _ in
      var document: [Int32] = []
      for _ in 0..<random.integer(below: 14) {
        let last = Int(document.last ?? 0)
        document.append(
          Int32(random.integer(below: 3) > 0 ? (last + 1) % (vocabulary - 1) : random.integer(below: vocabulary - 1)))
      }
      return document
    }
  }

  static func joined(_ documents: [[Int32]]) -> [Int32] {
    documents.reduce(into: [boundary]) { $0 += $1 + [boundary] }
  }

  static func past(of tokens: ArraySlice<Int32>, in memory: NGramMemory) -> NGramMemory.Past {
    tokens.reduce(into: NGramMemory.Past()) { memory.append($1, to: &$0) }
  }

  /// The discounts that the other implementation estimates.
  static func discounts(_ reference: KneserNey) -> [NGramDiscounts] {
    reference.discounts.map { NGramDiscounts(discounts: [$0.one, $0.two, $0.more]) }
  }

  /// Whenever a person presses Ctrl-C.
  @Test(arguments: [0, 1, 5, 12, 50, 100, 120, 150, 155, 160, 165, 1000])
  func `a memory that is cancelled at any question is shorter or complete`(question: Int) {
    var random = RandomSource(seed: 7)
    let text = Self.joined(Self.documents(200, using: &random))
    let questions = Atomic<Int>(0)
    let request = { @Sendable in questions.wrappingAdd(1, ordering: .relaxed).oldValue >= question }
    let memory = Cancellation.when(request) {
      NGramMemory(text, vocabulary: Self.vocabulary, byteLimit: 1 << 20)
    }
    let complete = NGramMemory(text, vocabulary: Self.vocabulary, byteLimit: 1 << 20)
    #expect(memory.order <= complete.order)
    #expect(question < 1000 || memory.order == complete.order)
    #expect(question > 0 || memory.order == 1)
  }

  @Test(arguments: [2, 3, 8]) func `a memory is the same for any number of threads`(threads: Int) {
    let seed = UInt64.random(in: 0...999_999)
    var random = RandomSource(seed: seed)
    let text =
      Self.joined(Self.documents(150, using: &random)) + [NGramMemory.separator]
      + Self.joined(Self.documents(150, using: &random))
    func memory(threads: Int) -> NGramMemory {
      NGramMemory(text, vocabulary: Self.vocabulary, byteLimit: 1 << 20, threads: threads)
    }
    #expect(memory(threads: threads) == memory(threads: 1), "seed \(seed)")
  }

  @Test func `a long text has longer n-grams`() {
    let phrase = (0..<63).map { Int32($0 * $0 % 8) } + [Self.boundary]
    func order(phrases: Int) -> Int {
      let text = [Self.boundary] + Array(repeating: phrase, count: phrases).joined()
      return NGramMemory(text, vocabulary: Self.vocabulary, byteLimit: 1 << 20).order
    }
    #expect(order(phrases: 1000) == 12)
    #expect(order(phrases: 20_000) == NGramMemory.longestOrder)
  }

  @Test(arguments: [1, 2, 3, 5, 12, 16], [60, 1 << 20]) func `probabilities add up to one`(order: Int, limit: Int) {
    let seed = UInt64.random(in: 0...999_999)
    var random = RandomSource(seed: seed)
    let text = Self.joined(Self.documents(300, using: &random))
    let memory = NGramMemory(text, order: order, vocabulary: Self.vocabulary, byteLimit: limit)
    for document in Self.documents(100, using: &random) {
      let past = Self.past(of: [Self.boundary] + document, in: memory)
      let each = (0..<Int32(Self.vocabulary)).map { memory.probability(of: $0, after: past) }
      #expect(abs(each.reduce(0, +) - 1) < 1e-5, "seed \(seed), after \(document)")
      #expect(each.allSatisfy { $0 > 0 })
      var sums = memory.unigrams.map { $0 * memory.factorOfUnigrams(after: past) }
      memory.forEachShare(after: past) { sums[Int($0)] += $1 }
      #expect(zip(sums, each).allSatisfy { abs($0 - $1) < 1e-5 }, "seed \(seed), after \(document)")
    }
  }

  /// The other implementation counts in dictionaries. This one rounds its shares to a twelfth of an octave.
  @Test(arguments: 1...7) func `probabilities are those of Kneser-Ney smoothing`(order: Int) {
    let seed = UInt64.random(in: 0...999_999)
    var random = RandomSource(seed: seed)
    let documents = Self.documents(300, using: &random)
    let reference = KneserNey(
      order: order, vocabulary: Self.vocabulary, documents.map { [Self.boundary] + $0 + [Self.boundary] })
    let counts = NGramCounts(Self.joined(documents), order: order, vocabulary: Self.vocabulary)
    let memory = NGramMemory(counts, order: order, Self.discounts(reference), byteLimit: .max)
    #expect(memory.order == order)
    for document in Self.documents(100, using: &random) {
      let text = [Self.boundary] + document + [Self.boundary]
      for end in 1..<text.count {
        let expected = reference.probability(of: text[end], after: text[..<end])
        let probability = memory.probability(of: text[end], after: Self.past(of: text[..<end], in: memory))
        #expect(
          abs(naturalLogarithm(Double(probability) / expected)) < 0.2,
          "seed \(seed), \(text[end]) after \(text[..<end]): \(probability), not \(expected)")
      }
    }
  }

  /// The shares before they are rounded, against the same reference.
  @Test(arguments: 1...7) func `exact probabilities`(order: Int) {
    let seed = UInt64.random(in: 0...999_999)
    var random = RandomSource(seed: seed)
    let documents = Self.documents(200, using: &random)
    let reference = KneserNey(
      order: order, vocabulary: Self.vocabulary, documents.map { [Self.boundary] + $0 + [Self.boundary] })
    let counts = NGramCounts(Self.joined(documents), order: order, vocabulary: Self.vocabulary)
    let smoothing = KneserNeySmoothing(counts, order: order, Self.discounts(reference))
    /// The probability of the last token of `ngram`, a path of indices from the unigram on.
    func check(_ tokens: [Int32], _ shares: [Float], _ context: Int) {
      let length = tokens.count + 1
      let followers = length == 1 ? 0..<counts.tables[0].count : counts.tables[length - 2].followers(of: context)
      guard length <= order, !followers.isEmpty, tokens.dropFirst().first != Self.boundary else { return }
      for follower in followers {
        let text = tokens + [counts.tables[length - 1].tokens[follower]]
        let longer = reference.probability(of: text[length - 1], after: text[..<(length - 1)])
        let shorter =
          length == 1
          ? 1 / Double(Self.vocabulary)
          : reference.probability(of: text[length - 1], after: text[1..<(length - 1)])
        let share = Double(smoothing.shares[length - 1][follower])
        let backoff = Double(smoothing.backoffs[length - 1][context])
        #expect(abs(share + backoff * shorter - longer) < 1e-6, "seed \(seed), \(text)")
        check(text, shares, follower)
      }
    }
    check([], [], 0)
  }

  @Test(arguments: [100, 400, 2000]) func `a smaller memory keeps what is worth most`(limit: Int) {
    var random = RandomSource(seed: 7)
    let documents = Self.documents(600, using: &random)
    let text = Self.joined(documents)
    func nats(_ memory: NGramMemory) -> Double {
      documents.reduce(0) { sum, document in
        var past = Self.past(of: [Self.boundary], in: memory)
        return (document + [Self.boundary]).reduce(sum) { sum, token in
          defer { memory.append(token, to: &past) }
          return sum - naturalLogarithm(Double(memory.probability(of: token, after: past)))
        }
      }
    }
    let whole = NGramMemory(text, vocabulary: Self.vocabulary, byteLimit: .max)
    let small = NGramMemory(text, vocabulary: Self.vocabulary, byteLimit: limit)
    let tiny = NGramMemory(text, order: 1, vocabulary: Self.vocabulary, byteLimit: .max)
    #expect(2 * (small.tables.tokens.count + small.tables.backoffs.count) <= max(limit, 2 * 2 * Self.vocabulary))
    #expect(nats(whole) < nats(small) && nats(small) < nats(tiny))
  }

  @Test func `no n-gram goes across a separator`() {
    let memory = NGramMemory(
      [8, 0, 1, NGramMemory.separator, 2, 3, 8, 4, 8], vocabulary: Self.vocabulary, byteLimit: .max)
    let past = Self.past(of: [8, 0, 1], in: memory)
    let probabilities = (0..<9).map { memory.probability(of: $0, after: past) }
    // What follows 1 is not known, so the tokens have their unigrams' probabilities.
    #expect(probabilities == memory.unigrams)
    #expect(memory.probability(of: 3, after: Self.past(of: [2], in: memory)) > 2 * memory.unigrams[3])
  }

  @Test func `an empty text has a memory too`() {
    let memory = NGramMemory([8], vocabulary: Self.vocabulary, byteLimit: .max)
    let sum = (0..<9).reduce(Float(0)) { $0 + memory.probability(of: Int32($1), after: NGramMemory.Past()) }
    #expect(abs(sum - 1) < 1e-6)
  }

  @Test func `damaged tables are refused or are a memory`() {
    var random = RandomSource(seed: 3)
    let memory = NGramMemory(
      Self.joined(Self.documents(40, using: &random)), order: 4, vocabulary: Self.vocabulary, byteLimit: .max)
    for _ in 0..<20_000 {
      var tables = memory.tables
      switch random.integer(below: 5) {
      case 0: tables.tokens[random.integer(below: tables.tokens.count)] = Int32(random.integer(below: 40)) - 20
      case 1:
        tables.followerCounts[random.integer(below: tables.followerCounts.count)] = UInt32(random.integer(below: 9))
      case 2: tables.tokens.removeLast(random.integer(below: tables.tokens.count))
      case 3: tables.followerCounts.removeLast(random.integer(below: tables.followerCounts.count))
      default: tables.followerCounts[random.integer(below: tables.followerCounts.count)] = .max
      }
      guard let damaged = NGramMemory(tables, vocabulary: Self.vocabulary) else { continue }
      let past = Self.past(of: [8, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4], in: damaged)
      let sum = (0..<9).reduce(Float(0)) { $0 + damaged.probability(of: Int32($1), after: past) }
      #expect(abs(sum - 1) < 1e-5)
    }
  }
}
