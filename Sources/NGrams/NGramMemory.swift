import Support
import Tokenization

/// An n-gram model in a few bytes per n-gram, which remembers what followed what in the training text.
///
/// The n-grams form a trie: each n-gram is a follower of the one without its last token, its context. A context gives
/// each of its followers a share of the probability, and leaves the rest, its back-off, to the context without its
/// first token. The empty context leaves its rest to all tokens equally. So the probabilities of all tokens always sum
/// to 1.
package struct NGramMemory: Sendable, Equatable {
  /// The n-grams as a file has them: those of length 1, then of length 2 and so on, in the order of their contexts, and
  /// the followers of a context in the order of their tokens.
  package struct Tables: Sendable, Equatable {
    /// The last token of each n-gram.
    package var tokens: [TokenID] = []
    /// The code of each n-gram's share.
    package var shares: [UInt8] = []
    /// The number of followers of each context: of the empty one, then of each n-gram but the longest.
    package var followerCounts: [UInt32] = []
    /// The code of each context's back-off.
    package var backoffs: [UInt8] = []

    package init() {}

    /// A hash that tells damaged tables. No other part of a model has so little in it that looks wrong.
    package var fingerprint: String {
      var hash = StableHash()
      hash.combine(UInt64(tokens.count))
      for (token, share) in zip(tokens, shares) { hash.combine(UInt64(UInt32(bitPattern: token)) << 8 | UInt64(share)) }
      for (count, backoff) in zip(followerCounts, backoffs) { hash.combine(UInt64(count) << 8 | UInt64(backoff)) }
      return hash.digits
    }
  }

  private struct Context: Equatable {
    var first: UInt32
    var end: UInt32
    /// What the code of a share is multiplied with.
    var scale: Float
    var backoff: Float
  }

  package let tables: Tables
  package let vocabulary: Int
  /// The largest number of tokens in an n-gram.
  package let order: Int
  private let contexts: [Context]
  /// The probability of each token after the empty context.
  package let unigrams: [Float]

  package static let longestOrder = 16

  /// The most tokens to learn from, which bounds the time and the memory that learning takes.
  #if arch(wasm32)
    package static let mostTokens = 1_000_000
  #else
    package static let mostTokens = 8_000_000
  #endif

  /// What stands in a training text between tokens that do not follow each other. No n-gram contains it.
  package static let separator: TokenID = -1

  /// - Returns: `nil` if the tables are not those of n-grams of such a vocabulary.
  package init?(_ tables: Tables, vocabulary: Int) {
    guard tables.tokens.count == tables.shares.count, tables.followerCounts.count == tables.backoffs.count,
      !tables.followerCounts.isEmpty, vocabulary > 0, Int64(tables.tokens.count) < Int64(UInt32.max)
    else { return nil }
    var contexts: [Context] = []
    contexts.reserveCapacity(tables.followerCounts.count)
    var next = 0
    for (context, count) in tables.followerCounts.enumerated() {
      // An n-gram stands before its followers.
      guard next >= context - 1, Int64(count) <= Int64(tables.tokens.count - next),
        context == 0 || context - 1 < tables.tokens.count
      else { return nil }
      let range = next..<next + Int(count)
      var sum: Float = 0
      var last: TokenID = -1
      for index in range {
        guard tables.tokens[index] > last, Int(tables.tokens[index]) < vocabulary else { return nil }
        last = tables.tokens[index]
        sum += ShareCode.values[Int(tables.shares[index])]
      }
      let backoff = count == 0 ? 1 : BackoffCode.values[Int(tables.backoffs[context])]
      contexts.append(
        Context(
          first: UInt32(range.lowerBound), end: UInt32(range.upperBound), scale: count == 0 ? 0 : (1 - backoff) / sum,
          backoff: backoff))
      next = range.upperBound
    }
    guard next == tables.tokens.count, let order = Self.order(contexts) else { return nil }
    self.order = order
    self.tables = tables
    self.vocabulary = vocabulary
    self.contexts = contexts
    var unigrams = Array(repeating: contexts[0].backoff / Float(vocabulary), count: vocabulary)
    for index in 0..<Int(contexts[0].end) {
      unigrams[Int(tables.tokens[index])] += contexts[0].scale * ShareCode.values[Int(tables.shares[index])]
    }
    self.unigrams = unigrams
  }

  /// The length of the longest n-grams; `nil` if they are too long.
  private static func order(_ contexts: [Context]) -> Int? {
    var order = 0
    var level = 0..<1
    while !level.isEmpty {
      let end = min(contexts.count, level.upperBound)
      guard level.lowerBound < end else { return order }
      let followers = Int(contexts[level.lowerBound].first)..<Int(contexts[end - 1].end)
      if followers.isEmpty { return order }
      order += 1
      if order > longestOrder { return nil }
      level = followers.lowerBound + 1..<followers.upperBound + 1
    }
    return order
  }

  // MARK: Probabilities

  /// The contexts that the end of a text is, from the shortest to the longest.
  package struct Past: Sendable {
    /// The context of the last one, two and more tokens; −1 where it is not known.
    fileprivate var contexts = InlineArray<15, Int32>(repeating: -1)
    package init() {}
  }

  /// The index of the n-gram that is `context` followed by `token`, if it is known.
  private func follower(_ token: TokenID, of context: Context) -> Int? {
    var low = Int(context.first)
    var high = Int(context.end)
    while low < high {
      let middle = (low + high) / 2
      if tables.tokens[middle] < token { low = middle + 1 } else { high = middle }
    }
    return low < Int(context.end) && tables.tokens[low] == token ? low : nil
  }

  /// Adds `token` to the end of the text.
  package func append(_ token: TokenID, to past: inout Past) {
    for length in stride(from: order - 2, through: 0, by: -1) {
      let shorter = length == 0 ? 0 : past.contexts[length - 1]
      let found = shorter < 0 ? nil : follower(token, of: contexts[Int(shorter)])
      past.contexts[length] = found.map { $0 + 1 < contexts.count ? Int32($0 + 1) : -1 } ?? -1
    }
  }

  /// The probability of `token` after `past`.
  package func probability(of token: TokenID, after past: Past) -> Float {
    var probability = unigrams[Int(token)]
    for length in 0..<order - 1 where past.contexts[length] >= 0 {
      let context = contexts[Int(past.contexts[length])]
      probability *= context.backoff
      if let index = follower(token, of: context) {
        probability += context.scale * ShareCode.values[Int(tables.shares[index])]
      }
    }
    return probability
  }

  /// The factor of the unigrams' probabilities after `past`.
  package func factorOfUnigrams(after past: Past) -> Float {
    var factor: Float = 1
    for length in 0..<order - 1 where past.contexts[length] >= 0 {
      factor *= contexts[Int(past.contexts[length])].backoff
    }
    return factor
  }

  /// Calls `add` with each token that follows a context in `past`, and the probability that it has through this
  /// context. The sum of a token's probabilities, and of its unigram's times `factorOfUnigrams`, is its probability.
  @inline(__always)
  package func forEachShare(after past: Past, _ add: (TokenID, Float) -> Void) {
    var rest: Float = 1
    for length in stride(from: order - 2, through: 0, by: -1) where past.contexts[length] >= 0 {
      let context = contexts[Int(past.contexts[length])]
      let scale = rest * context.scale
      for index in Int(context.first)..<Int(context.end) {
        add(tables.tokens[index], scale * ShareCode.values[Int(tables.shares[index])])
      }
      rest *= context.backoff
    }
  }
}

/// The codes of shares: the share relative to that of the context's most frequent follower, in twelfths of an octave.
enum ShareCode {
  static let values: [Float] = (0..<256).map { Float(exponential(-Double($0) / 12 * natsPerBit)) }

  static func code(_ ratio: Double) -> UInt8 {
    ratio <= 0 ? 255 : UInt8(min(255, max(0, (-naturalLogarithm(ratio) * 12 / natsPerBit).rounded())))
  }
}

/// The codes of back-offs: their odds in eighths of an octave.
enum BackoffCode {
  static let values: [Float] = (0..<256).map { Float(1 / (1 + exponential(Double(128 - $0) / 8 * natsPerBit))) }

  static func code(_ backoff: Double) -> UInt8 {
    guard backoff > 0 else { return 0 }
    guard backoff < 1 else { return 255 }
    return UInt8(min(255, max(0, (naturalLogarithm(backoff / (1 - backoff)) * 8 / natsPerBit).rounded() + 128)))
  }
}
