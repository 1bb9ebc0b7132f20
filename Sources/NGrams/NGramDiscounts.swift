import Support

/// The sum of the numbers of a context's followers, and how many of them are one, two and more.
struct FollowerCounts {
  var total = 0.0
  var kinds = InlineArray<3, Double>(repeating: 0)

  init(_ numbers: ArraySlice<UInt32>) {
    for number in numbers where number > 0 {
      total += Double(number)
      kinds[Self.kind(number)] += 1
    }
  }

  /// The index of a number above 0 in `kinds`.
  static func kind(_ number: UInt32) -> Int { min(Int(number), 3) - 1 }
}

/// What smoothing takes from the n-grams of one length and gives to shorter ones.
struct NGramDiscounts {
  /// What is subtracted from numbers of one, two and more.
  var discounts: InlineArray<3, Double> = [0.7, 1.1, 1.4]
  /// What the odds of a context's back-off are multiplied with, for each class of contexts.
  var oddsFactors = InlineArray<20, Double>(repeating: 1)

  /// The class of a context by the number of its followers, and by the sum of their numbers.
  static func contextClass(_ counts: FollowerCounts) -> Int {
    let followers = counts.kinds[0] + counts.kinds[1] + counts.kinds[2]
    let byFollowers = followers <= 1 ? 0 : followers <= 2 ? 1 : followers <= 4 ? 2 : 3
    let total = counts.total
    return 5 * byFollowers + (total <= 1 ? 0 : total <= 2 ? 1 : total <= 4 ? 2 : total <= 16 ? 3 : 4)
  }

  /// What is left of `number` without its discount.
  func rest(of number: UInt32) -> Double {
    number == 0 ? 0 : max(0, Double(number) - discounts[FollowerCounts.kind(number)])
  }

  /// The probabilities that a context with these followers gives.
  struct Smoothing {
    /// The probability that is left to shorter contexts.
    let backoff: Double
    /// The back-off before its odds were multiplied.
    let freed: Double
    fileprivate let total: Double

    /// The probability of a follower, of whose number `rest` is left.
    func share(_ rest: Double) -> Double { rest / total * (1 - backoff) / (1 - freed) }
  }

  func smoothing(_ counts: FollowerCounts) -> Smoothing {
    let freed = (0..<3).reduce(0.0) { $0 + discounts[$1] * counts.kinds[$1] } / counts.total
    let odds = freed / (1 - freed) * oddsFactors[Self.contextClass(counts)]
    return Smoothing(backoff: odds / (1 + odds), freed: freed, total: counts.total)
  }
}
