/// Interpolated Kneser-Ney smoothing with fitted discounts: the probability that a context gives to each of its
/// followers, and the probability that it leaves to shorter contexts.
struct KneserNeySmoothing {
  /// The share of the probability that each n-gram has of its own after its context, in one table for each length.
  private(set) var shares: [[Float]] = []
  /// The share that shorter contexts have after the empty context, and after each n-gram of length 1, 2 and so on.
  private(set) var backoffs: [[Float]] = []

  /// Smooths the n-grams of up to `order` tokens.
  init(_ counts: NGramCounts, order: Int, _ discounts: [NGramDiscounts]) {
    for length in 1...order {
      let numbers = counts.numbers(length, order: order)
      var shares = Array(repeating: Float(0), count: numbers.count)
      let contexts = length == 1 ? 1 : counts.tables[length - 2].count
      var backoffs = Array(repeating: Float(1), count: contexts)
      for context in 0..<contexts {
        let followers = counts.followers(of: context, length: length)
        guard !followers.isEmpty else { continue }
        let smoothed = discounts[length - 1].smoothing(FollowerCounts(numbers[followers]))
        for follower in followers where numbers[follower] > 0 {
          shares[follower] = Float(smoothed.share(discounts[length - 1].rest(of: numbers[follower])))
        }
        backoffs[context] = Float(smoothed.backoff)
      }
      self.shares.append(shares)
      self.backoffs.append(backoffs)
    }
  }

  /// Leaves the share of `follower`, an n-gram of `length` tokens, to shorter contexts.
  mutating func leave(_ follower: Int, of context: Int, length: Int) {
    backoffs[length - 1][context] += shares[length - 1][follower]
  }
}

extension NGramCounts {
  /// What n-grams of `length` tokens count: the longest by their occurrences, the others by their predecessors.
  func numbers(_ length: Int, order: Int) -> [UInt32] {
    length == order ? tables[length - 1].occurrences : tables[length - 1].predecessors
  }

  /// The n-grams of `length` tokens that begin with `context`, an index in the table before.
  func followers(of context: Int, length: Int) -> Range<Int> {
    length == 1 ? 0..<tables[0].count : tables[length - 2].followers(of: context)
  }
}
