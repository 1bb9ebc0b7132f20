import Support

/// The choice of the n-grams that are worth their bytes.
///
/// An n-gram is worth what it adds to the log-likelihood of the training text: the number of its occurrences times the
/// logarithm of its probability, with it and without it. An n-gram that is not kept leaves its share to the context
/// without the first token. One that is kept keeps its contexts.
struct NGramPruning {
  /// The worth of each n-gram or, where that is more, of the best one that begins with it; a table for each length.
  private var worth: [[Float]] = []

  /// Returns for each n-gram whether it is one of the `limit` most valuable, or `nil` if there are not so many.
  ///
  /// - Parameter smoothing: Receives the shares of the other n-grams in its back-offs.
  static func keep(
    _ counts: NGramCounts, _ smoothing: inout KneserNeySmoothing, order: Int, limit: Int
  ) -> [[Bool]]? {
    let total = counts.tables[..<order].reduce(0) { $0 + $1.count }
    guard total > limit else { return nil }
    let pruning = NGramPruning(counts, smoothing, order: order)
    let least = pruning.least(limit: limit)
    var kept = pruning.worth.map { $0.map { $0 > least } }
    // The unigrams are all tokens of the text, which the shortest context must know.
    kept[0] = Array(repeating: true, count: kept[0].count)
    for length in 2...max(2, order) where length <= order {
      let table = counts.tables[length - 2]
      for context in 0..<table.count where kept[length - 2][context] {
        for follower in table.followers(of: context) where !kept[length - 1][follower] {
          smoothing.leave(follower, of: context, length: length)
        }
      }
    }
    return kept
  }

  private init(_ counts: NGramCounts, _ smoothing: KneserNeySmoothing, order: Int) {
    /// The probability of each n-gram's last token, and its index without its first token.
    var probabilities: [Float] = smoothing.shares[0].map { $0 + smoothing.backoffs[0][0] / Float(counts.vocabulary) }
    var suffixes: [UInt32] = []
    worth = [Array(repeating: .infinity, count: counts.tables[0].count)]
    for length in 2...max(2, order) where length <= order {
      let (contexts, table) = (counts.tables[length - 2], counts.tables[length - 1])
      var next: [UInt32] = []
      next.reserveCapacity(table.count)
      var longer: [Float] = []
      longer.reserveCapacity(table.count)
      var worth: [Float] = []
      worth.reserveCapacity(table.count)
      for context in 0..<contexts.count {
        let backoff = smoothing.backoffs[length - 1][context]
        let shorter =
          length == 2 ? 0..<contexts.count : counts.tables[length - 3].followers(of: Int(suffixes[context]))
        var suffix = shorter.lowerBound
        for follower in contexts.followers(of: context) {
          // The followers of both contexts are in the order of their tokens, and those of the longer one are fewer.
          while contexts.tokens[suffix] < table.tokens[follower] { suffix += 1 }
          let share = smoothing.shares[length - 1][follower]
          let probability = share + backoff * probabilities[suffix]
          let without = (share + backoff) * probabilities[suffix]
          let gain = naturalLogarithm(Double(probability / without))
          next.append(UInt32(suffix))
          longer.append(probability)
          worth.append(Float(Double(table.occurrences[follower]) * gain))
        }
      }
      self.worth.append(worth)
      probabilities = longer
      suffixes = next
    }
    for length in stride(from: order - 1, through: 1, by: -1) {
      let table = counts.tables[length - 1]
      for context in 0..<table.count {
        for follower in table.followers(of: context) {
          worth[length - 1][context] = max(worth[length - 1][context], worth[length][follower])
        }
      }
    }
  }

  /// The worth that at most `limit` n-grams exceed.
  private func least(limit: Int) -> Float {
    // The bits of positive numbers are in the order of the numbers.
    var histogram = Array(repeating: 0, count: 1 << 16)
    func bin(_ worth: Float) -> Int { worth > 0 ? Int(worth.bitPattern >> 15) : 0 }
    for table in worth { for worth in table { histogram[bin(worth)] += 1 } }
    var count = 0
    for bin in histogram.indices.reversed() {
      count += histogram[bin]
      if count > limit { return Float(bitPattern: UInt32(bin) << 15 | 0x7FFF) }
    }
    return 0
  }
}
