/// Leaves of all tokens those that top-k, top-p and min-p allow, for one of them to be chosen.
///
/// Tokens are ranked by weight, of equal ones the lower number first; top-k keeps the first k of them, then top-p the first whose
/// weights reach p of what is left, then min-p those of at least p times the first.
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

  /// Makes the weights of all other tokens zero. Weights are finite and not negative.
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

  /// Sorts by one whole number for each token: the bits of positive floats are in the order of the floats.
  private mutating func rank(_ weights: [Float]) {
    ranks.removeAll(keepingCapacity: true)
    for (token, weight) in weights.enumerated() {
      ranks.append(UInt64(~weight.bitPattern) << 32 | UInt64(token))
    }
    ranks.sort()
  }

  private static func token(_ rank: UInt64) -> Int { Int(rank & 0xffff_ffff) }
}
