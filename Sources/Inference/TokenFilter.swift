/// Removes the tokens that top-k, top-p and min-p exclude from sampling.
///
/// Tokens are ranked by weight, among equals by number. Top-k keeps the first k of them. Of these, top-p keeps the
/// first whose weights add up to p of the sum. Of these, min-p keeps those with at least p times the weight of the
/// first.
package struct TokenFilter {
  private let topK: Int
  private let topP: Float
  private let minP: Float
  private var ranks: [UInt64] = []

  package init(topK: Int?, topP: Double?, minP: Double?) {
    self.topK = topK ?? .max
    self.topP = Float(topP ?? 1)
    self.minP = Float(minP ?? 0)
  }

  /// Sets the weights of excluded tokens to zero. Weights must be finite and not negative.
  package mutating func apply(to weights: inout [Float]) {
    rank(weights)
    let total = ranks.prefix(topK).reduce(0 as Float) { $0 + weights[Self.token($1)] }
    var kept = 0
    var sum: Float = 0
    while kept < min(topK, ranks.count) && (kept == 0 || sum < topP * total || topP == 1) {
      sum += weights[Self.token(ranks[kept])]
      kept += 1
    }
    let least = ranks.first.map { minP * weights[Self.token($0)] } ?? 0
    while kept > 1 && weights[Self.token(ranks[kept - 1])] < least { kept -= 1 }
    for rank in ranks[kept...] { weights[Self.token(rank)] = 0 }
  }

  /// Sorts one integer per token: positive floats compare like their bit patterns.
  private mutating func rank(_ weights: [Float]) {
    ranks.removeAll(keepingCapacity: true)
    for (token, weight) in weights.enumerated() {
      ranks.append(UInt64(~weight.bitPattern) << 32 | UInt64(token))
    }
    ranks.sort()
  }

  private static func token(_ rank: UInt64) -> Int { Int(rank & 0xffff_ffff) }
}
