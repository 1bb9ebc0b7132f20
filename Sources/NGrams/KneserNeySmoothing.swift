import Support

/// Interpolated modified Kneser-Ney smoothing (Chen and Goodman): the probability that a context gives to each of its
/// followers, and the probability that it leaves to shorter contexts.
struct KneserNeySmoothing {
  /// The amounts subtracted from counts of one, two and more.
  private struct Discounts {
    private let values: (Double, Double, Double)

    init(_ counts: [UInt32]) {
      var countsOfCounts = [0.0, 0, 0, 0, 0]
      for count in counts where count <= 4 { countsOfCounts[Int(count)] += 1 }
      let n = countsOfCounts
      let rest = n[1] / max(1, n[1] + 2 * n[2])
      func discount(_ count: Int) -> Double {
        // Without enough counts to estimate the discount it is ½, because unseen tokens need some probability.
        guard n[count] > 0 && n[count + 1] > 0 else { return 0.5 }
        let discount = Double(count) - Double(count + 1) * rest * n[count + 1] / n[count]
        return discount > 0 ? discount : 0.5
      }
      values = (discount(1), discount(2), discount(3))
    }

    subscript(count: UInt32) -> Double { count == 1 ? values.0 : count == 2 ? values.1 : values.2 }
  }

  /// The share of the probability that each n-gram has of its own after its context, in one table for each length.
  private(set) var shares: [[Float]] = []
  /// The share that shorter contexts have after the empty context, and after each n-gram of length 1, 2 and so on.
  private(set) var backoffs: [[Float]] = []

  /// Smooths the n-grams of up to `order` tokens. The longest count by their occurrences, the others by their
  /// predecessors.
  init(_ counts: NGramCounts, order: Int) {
    for length in 1...order {
      let table = counts.tables[length - 1]
      let numbers = length == order ? table.occurrences : table.predecessors
      let discounts = Discounts(numbers)
      var shares = Array(repeating: Float(0), count: table.count)
      let contexts = length == 1 ? 1 : counts.tables[length - 2].count
      var backoffs = Array(repeating: Float(1), count: contexts)
      for context in 0..<contexts {
        let followers = length == 1 ? 0..<table.count : counts.tables[length - 2].followers(of: context)
        guard !followers.isEmpty else { continue }
        var total = 0.0
        var freed = 0.0
        for follower in followers { total += Double(numbers[follower]) }
        for follower in followers where numbers[follower] > 0 {
          let discount = discounts[numbers[follower]]
          freed += discount
          shares[follower] = Float((Double(numbers[follower]) - discount) / total)
        }
        backoffs[context] = Float(freed / total)
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
