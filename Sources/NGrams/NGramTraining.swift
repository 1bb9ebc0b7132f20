import Parallelism
import Support
import Tokenization

extension NGramMemory {
  /// Learns the n-grams of `text`.
  ///
  /// - Parameters:
  ///   - text: Documents with the boundary before, between and after them, and `separator` where the text is not whole.
  ///   - order: The most tokens of an n-gram; `nil` for what suits the length of the text.
  ///   - byteLimit: The size of the memory in a file.
  ///   - threads: The number of threads that count. It changes nothing in the result.
  package init(
    _ text: [TokenID], order: Int? = nil, vocabulary: Int, byteLimit: Int, threads: Int = 1
  ) {
    let order = min(order ?? Self.suggestedOrder(tokens: text.count), Self.longestOrder)
    let team = ThreadTeam(count: threads)
    let discounts = DiscountFitting.discounts(text, order: order, vocabulary: vocabulary, team: team)
    let counts = NGramCounts(text, order: order, vocabulary: vocabulary, team: team)
    self.init(counts, order: order, discounts, byteLimit: byteLimit)
  }

  /// Returns the length of the longest n-grams for a text of so many tokens. Only long texts repeat many long phrases.
  private static func suggestedOrder(tokens: Int) -> Int { tokens < 1 << 20 ? 12 : longestOrder }

  /// Counts the n-grams of `sample` and forgets them, so that the time can be measured.
  ///
  /// - Parameter tokens: The number of tokens of the whole text.
  package static func countNGrams(of sample: [TokenID], from tokens: Int, vocabulary: Int, threads: Int) {
    _ = NGramCounts(
      sample, order: suggestedOrder(tokens: tokens), vocabulary: vocabulary, team: ThreadTeam(count: threads))
  }

  init(_ counts: NGramCounts, order: Int, _ discounts: [NGramDiscounts], byteLimit: Int) {
    let order = Cancellation.isRequested ? 1 : min(order, counts.tables.count)
    var smoothing = KneserNeySmoothing(counts, order: order, discounts)
    let kept = NGramPruning.keep(
      counts, &smoothing, order: order, limit: byteLimit / Self.bytesPerNGram(counts.vocabulary) - 1)
    var tables = Tables()
    func encode(_ followers: Range<Int>, _ length: Int, backoff: Float) {
      let known = followers.filter { kept?[length - 1][$0] ?? true }
      let largest = known.map { smoothing.shares[length - 1][$0] }.max() ?? 0
      tables.followerCounts.append(UInt32(known.count))
      tables.backoffs.append(BackoffCode.code(Double(backoff)))
      for index in known {
        tables.tokens.append(counts.tables[length - 1].tokens[index])
        tables.shares.append(ShareCode.code(Double(smoothing.shares[length - 1][index]) / Double(largest)))
      }
    }
    encode(0..<counts.tables[0].count, 1, backoff: smoothing.backoffs[0][0])
    for length in 1..<max(1, order) {
      let table = counts.tables[length - 1]
      for context in 0..<table.count where kept?[length - 1][context] ?? true {
        encode(table.followers(of: context), length + 1, backoff: smoothing.backoffs[length][context])
      }
    }
    self.init(tables, vocabulary: counts.vocabulary)!
  }

  /// A bound of the bytes that an n-gram takes, which may be a context too.
  private static func bytesPerNGram(_ vocabulary: Int) -> Int {
    2 * (vocabulary < 1 << 8 ? 1 : vocabulary < 1 << 16 ? 2 : 4) + 2
  }
}
