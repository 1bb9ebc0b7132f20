import Parallelism
import Support
import Tokenization

/// The fitting of discounts by cross-validation: to predictions in a part of a text by the n-grams of the rest.
///
/// The usual estimate, from the numbers of n-grams that occur once, twice and more often, supposes that occurrences are
/// independent. But longer n-grams are mostly parts of phrases that are repeated as a whole, and a small text has too
/// few n-grams to estimate from.
struct DiscountFitting {
  /// What a context knows of a prediction.
  private struct Level {
    let followers: FollowerCounts
    /// The number of the n-gram that ends in the predicted token, or 0.
    let number: UInt32
  }

  /// The contexts of each prediction, from the empty one on.
  private var levels: [Level] = []
  /// The end of each prediction's levels.
  private var ends: [Int] = []
  private let order: Int
  private let vocabulary: Int

  /// The number of predictions that are enough.
  private static let enoughPredictions = 16_384
  private static let fewestFolds = 10
  private static let iterations = 40

  /// Returns the discounts of the n-grams of each length.
  static func discounts(_ text: [TokenID], order: Int, vocabulary: Int, team: ThreadTeam) -> [NGramDiscounts] {
    DiscountFitting(text, order: order, vocabulary: vocabulary, team: team).fitted()
  }

  /// Makes enough predictions of parts of `text`.
  init(_ text: [TokenID], order: Int, vocabulary: Int, team: ThreadTeam = ThreadTeam(count: 1)) {
    self.order = order
    self.vocabulary = vocabulary
    let folds = max(Self.fewestFolds, text.count / Self.enoughPredictions)
    let pieces = Self.pieces(text, boundary: TokenID(vocabulary - 1), atLeast: folds)
    for fold in 0..<folds where ends.count < Self.enoughPredictions {
      observe(text, pieces, without: { $0 % folds == fold }, team: team)
    }
  }

  /// Cuts a text into its documents or, where these are few, into `count` pieces of equal length.
  private static func pieces(_ text: [TokenID], boundary: TokenID, atLeast count: Int) -> [Range<Int>] {
    var starts = text.indices.dropLast().filter { text[$0] == boundary }
    if starts.count < 2 * count { starts = (0..<count).map { $0 * text.count / count } }
    return zip(starts, starts.dropFirst() + [text.count]).map { $0..<$1 }.filter { !$0.isEmpty }
  }

  /// Adds the predictions in the pieces that `isLeftOut`, with the counts of the others.
  private mutating func observe(
    _ text: [TokenID], _ pieces: [Range<Int>], without isLeftOut: (Int) -> Bool, team: ThreadTeam
  ) {
    let boundary = TokenID(vocabulary - 1)
    /// A piece with the boundary at its end.
    func tokens(_ piece: Range<Int>) -> ArraySlice<TokenID> {
      let end = piece.upperBound
      return end < text.count && text[end] == boundary ? text[piece.lowerBound...end] : text[piece]
    }
    var rest: [TokenID] = []
    rest.reserveCapacity(text.count)
    for (index, piece) in pieces.enumerated() where !isLeftOut(index) {
      if index > 0 && isLeftOut(index - 1) {
        rest.append(NGramMemory.separator)
      } else {
        // The boundary between two documents ends the first and begins the second.
        if rest.last == boundary && text[piece.lowerBound] == boundary { rest.removeLast() }
      }
      rest += tokens(piece)
    }
    let counts = NGramCounts(rest, order: order, vocabulary: vocabulary, team: team)
    let reader = CountReader(counts, order: order)
    for (index, piece) in pieces.enumerated() where isLeftOut(index) {
      var past: [Int] = []
      for (place, token) in tokens(piece).enumerated() {
        guard token != NGramMemory.separator else {
          past = []
          continue
        }
        if place > 0 { reader.predict(token, after: past) { levels.append(Level(followers: $0, number: $1)) } }
        if place > 0 { ends.append(levels.count) }
        past = reader.past(past, followedBy: token)
      }
    }
  }
}

// MARK: Fitting

extension DiscountFitting {
  /// The discounts of one length, as numbers without bounds that are 0 before they are fitted.
  struct Parameters {
    typealias Values = InlineArray<23, Double>

    /// Those of the three discounts, then those of the factors of each class of contexts.
    var values = Values(repeating: 0)

    static let largest: InlineArray<3, Double> = [1, 2, 3]

    var discounts: NGramDiscounts {
      var result = NGramDiscounts()
      for kind in 0..<3 {
        let odds = result.discounts[kind] / (Self.largest[kind] - result.discounts[kind]) * exponential(values[kind])
        result.discounts[kind] = Self.largest[kind] * odds / (1 + odds)
      }
      for index in result.oddsFactors.indices { result.oddsFactors[index] = exponential(values[3 + index]) }
      return result
    }
  }

  /// Minimizes the nats of the predictions, with a small price for every parameter that is not 0, by steps that grow
  /// while the sign of a parameter's derivative stays the same (resilient propagation).
  private func fitted() -> [NGramDiscounts] {
    var parameters = Array(repeating: Parameters(), count: order)
    var steps = Array(repeating: Parameters.Values(repeating: 0.2), count: order)
    var last = Array(repeating: Parameters.Values(repeating: 0), count: order)
    for _ in 0..<Self.iterations where !Cancellation.isRequested {
      let gradient = cost(parameters).gradient
      for length in 0..<order {
        for index in last[length].indices {
          var slope = gradient[length].values[index]
          if slope * last[length][index] > 0 { steps[length][index] = min(1, steps[length][index] * 1.2) }
          if slope * last[length][index] < 0 {
            steps[length][index] /= 2
            slope = 0
          }
          if slope != 0 { parameters[length].values[index] -= slope > 0 ? steps[length][index] : -steps[length][index] }
          last[length][index] = slope
        }
      }
    }
    return parameters.map { $0.discounts }
  }

  /// The nats of all predictions with the price of the parameters, their squares, and the derivatives of this sum.
  func cost(_ parameters: [Parameters]) -> (nats: Double, gradient: [Parameters]) {
    let discounts = parameters.map { $0.discounts }
    var nats = 0.0
    var gradient = Array(repeating: Parameters(), count: order)
    for (length, parameters) in parameters.enumerated() {
      for index in parameters.values.indices {
        nats += parameters.values[index] * parameters.values[index]
        gradient[length].values[index] = 2 * parameters.values[index]
      }
    }
    var smoothed: [NGramDiscounts.Smoothing] = []
    /// The probability of the token with contexts below each length.
    var probabilities: [Double] = []
    var start = 0
    for end in ends {
      let levels = levels[start..<end]
      start = end
      smoothed.removeAll(keepingCapacity: true)
      probabilities.removeAll(keepingCapacity: true)
      var probability = 1 / Double(vocabulary)
      for (length, level) in levels.enumerated() {
        probabilities.append(probability)
        let smoothing = discounts[length].smoothing(level.followers)
        smoothed.append(smoothing)
        probability =
          smoothing.share(discounts[length].rest(of: level.number)) + smoothing.backoff * probability
      }
      nats -= naturalLogarithm(probability)
      var slope = -1 / probability
      for (length, level) in levels.enumerated().reversed() {
        add(slope, level, smoothed[length], discounts[length], probabilities[length], to: &gradient[length])
        slope *= smoothed[length].backoff
      }
    }
    return (nats, gradient)
  }

  /// Adds the derivatives of one context's parameters.
  ///
  /// - Parameters:
  ///   - slope: The derivative of the nats with respect to the probability up to this context.
  ///   - shorter: The probability that the shorter contexts give.
  private func add(
    _ slope: Double, _ level: Level, _ smoothing: NGramDiscounts.Smoothing, _ discounts: NGramDiscounts,
    _ shorter: Double, to gradient: inout Parameters
  ) {
    let (backoff, freed, total) = (smoothing.backoff, smoothing.freed, level.followers.total)
    let own = discounts.rest(of: level.number) / total / (1 - freed)
    let ofLogit = slope * (shorter - own) * backoff * (1 - backoff)
    gradient.values[3 + NGramDiscounts.contextClass(level.followers)] += ofLogit
    let ofFreed = ofLogit / (freed * (1 - freed)) + slope * own * (1 - backoff) / (1 - freed)
    for kind in 0..<3 {
      var ofDiscount = ofFreed * level.followers.kinds[kind] / total
      if level.number > 0 && FollowerCounts.kind(level.number) == kind {
        ofDiscount -= slope * (1 - backoff) / (1 - freed) / total
      }
      let discount = discounts.discounts[kind]
      gradient.values[kind] += ofDiscount * discount * (1 - discount / Parameters.largest[kind])
    }
  }
}

/// Looks up contexts in the counts of a text.
private struct CountReader {
  private let counts: NGramCounts
  private let numbers: [[UInt32]]
  /// The followers of the empty context and of single tokens, which are many.
  private let shortest: [[FollowerCounts]]

  init(_ counts: NGramCounts, order: Int) {
    self.counts = counts
    let order = min(order, counts.tables.count)
    let numbers = (1...order).map { counts.numbers($0, order: order) }
    self.numbers = numbers
    shortest = (1...min(2, order)).map { length in
      (0..<(length == 1 ? 1 : counts.tables[0].count)).map { context in
        FollowerCounts(numbers[length - 1][counts.followers(of: context, length: length)])
      }
    }
  }

  /// Calls `level` with what each context knows of `token`, from the empty context on.
  func predict(_ token: TokenID, after past: [Int], _ level: (FollowerCounts, UInt32) -> Void) {
    for (length, context) in ([0] + past).enumerated() where length < numbers.count {
      let followers = counts.followers(of: context, length: length + 1)
      let known =
        length < shortest.count ? shortest[length][context] : FollowerCounts(numbers[length][followers])
      guard known.total > 0 else { return }
      level(known, find(token, in: followers, length + 1).map { numbers[length][$0] } ?? 0)
    }
  }

  /// The indices of the contexts of one, two and more tokens after `token` is added to a text with those of `past`.
  func past(_ past: [Int], followedBy token: TokenID) -> [Int] {
    var longer: [Int] = []
    for (length, context) in ([0] + past).enumerated() where length < numbers.count - 1 {
      guard let index = find(token, in: counts.followers(of: context, length: length + 1), length + 1) else { break }
      longer.append(index)
    }
    return longer
  }

  /// The index of the n-gram of `length` tokens among `range` that ends in `token`.
  private func find(_ token: TokenID, in range: Range<Int>, _ length: Int) -> Int? {
    let tokens = counts.tables[length - 1].tokens
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle] < token { low = middle + 1 } else { high = middle }
    }
    return low < range.upperBound && tokens[low] == token ? low : nil
  }
}
