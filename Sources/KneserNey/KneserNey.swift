import Support

/// An n-gram model with interpolated modified Kneser-Ney smoothing (Chen and Goodman).
///
/// It trains in a second and predicts short texts well, which makes it the baseline for a small GPT:
///
///     let model = KneserNey(order: 5, vocabulary: 27, texts)
///     let nats = model.nats(of: text)
package struct KneserNey {
  /// The count of each n-gram; below the highest order, the number of different tokens that precede it.
  fileprivate typealias Counts = [Run: Int]

  /// The tokens after an n-gram: their total count, and the number of different tokens that occur once, twice and more
  /// often.
  fileprivate struct Followers {
    var total = 0
    var kinds = (one: 0, two: 0, more: 0)
  }

  fileprivate struct Level {
    var counts: Counts = [:]
    var followers: [Run: Followers] = [:]
    /// The amounts subtracted from counts of one, two and more, which become the probability of unseen tokens.
    var discounts = (one: 0.0, two: 0.0, more: 0.0)
  }

  package let order: Int
  private let vocabulary: Int
  /// The levels from unigrams to n-grams of `order` tokens.
  private var levels: [Level]

  /// Counts the n-grams of `texts`, each of which begins and ends with the boundary, the last token of the vocabulary.
  package init(order: Int, vocabulary: Int, _ texts: [[Int32]]) {
    precondition(order >= 1)
    self.order = order
    self.vocabulary = vocabulary
    levels = Array(repeating: Level(), count: order)
    var seen: [Counts] = Array(repeating: [:], count: order)
    for text in texts {
      for end in text.indices.dropFirst() {
        for length in 1...min(order, end + 1) { seen[length - 1][Run(text[end + 1 - length...end]), default: 0] += 1 }
      }
    }
    for length in 1...order {
      // No token precedes an n-gram at the start of a text, so it is counted by its occurrences.
      levels[length - 1].counts =
        length == order
        ? seen[length - 1] : seen[length - 1].filter { $0.key.first == Int32(vocabulary - 1) && length > 1 }
    }
    for length in 2...max(order, 2) where length <= order {
      for run in seen[length - 1].keys {
        let shorter = run.withoutFirst
        guard length == 2 || shorter.first != Int32(vocabulary - 1) else { continue }
        levels[length - 2].counts[shorter, default: 0] += 1
      }
    }
    for index in levels.indices { levels[index].complete() }
  }

  /// What is subtracted from counts of one, two and more, for the n-grams of each length.
  package var discounts: [(one: Double, two: Double, more: Double)] { levels.map(\.discounts) }

  /// Returns the probability of `token` after `past`, of which at most the last `order` − 1 tokens count.
  package func probability(of token: Int32, after past: ArraySlice<Int32>) -> Double {
    var probability = 1 / Double(vocabulary)
    for length in 0...min(order - 1, past.count) {
      let level = levels[length]
      let context = Run(past.suffix(length))
      guard let followers = level.followers[context] else { return probability }
      let count = level.counts[context.followed(by: token)] ?? 0
      let (one, two, more) = level.discounts
      let discount = count == 0 ? 0 : count == 1 ? one : count == 2 ? two : more
      let freed =
        one * Double(followers.kinds.one) + two * Double(followers.kinds.two) + more * Double(followers.kinds.more)
      probability = (Double(count) - discount + freed * probability) / Double(followers.total)
    }
    return probability
  }

  /// Returns −ln p of each token of `text` but the first.
  package func nats(of text: [Int32]) -> [Double] {
    text.indices.dropFirst().map { -naturalLogarithm(probability(of: text[$0], after: text[..<$0])) }
  }
}

extension KneserNey.Level {
  /// Computes `followers` and `discounts` from `counts`.
  fileprivate mutating func complete() {
    var countsOfCounts = [0, 0, 0, 0, 0]
    for (run, count) in counts {
      if count <= 4 { countsOfCounts[count] += 1 }
      var after = followers[run.withoutLast] ?? .init()
      after.total += count
      switch count {
      case 1: after.kinds.one += 1
      case 2: after.kinds.two += 1
      default: after.kinds.more += 1
      }
      followers[run.withoutLast] = after
    }
    let n = countsOfCounts.map(Double.init)
    let rest = n[1] / max(1, n[1] + 2 * n[2])
    func discount(_ count: Int) -> Double {
      // Without enough counts to estimate the discount it is ½, because unseen tokens need some probability.
      guard n[count] > 0 && n[count + 1] > 0 else { return 0.5 }
      let discount = Double(count) - Double(count + 1) * rest * n[count + 1] / n[count]
      return discount > 0 ? discount : 0.5
    }
    discounts = (discount(1), discount(2), discount(3))
  }
}

/// An n-gram.
private struct Run: Hashable {
  private var tokens: [Int32]

  init(_ tokens: ArraySlice<Int32>) { self.tokens = Array(tokens) }

  var first: Int32? { tokens.first }
  var withoutFirst: Run { Run(tokens.dropFirst()) }
  var withoutLast: Run { Run(tokens.dropLast()) }

  func followed(by token: Int32) -> Run { Run((tokens + [token])[...]) }
}
