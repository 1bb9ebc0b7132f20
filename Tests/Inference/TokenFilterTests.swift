import Inference
import Support
import Testing
import Tokenization
import TrainingEngine

/// If these fail, “top-p 0.9” means something near 0.9.
@Suite struct TokenFilterTests {
  /// The rule in its plainest form.
  func reference(_ weights: [Float], topK: Int?, topP: Double?, minP: Double?) -> [Float] {
    let ranked = weights.indices.sorted { (weights[$0], $1) > (weights[$1], $0) }
    var kept = Array(ranked.prefix(topK ?? ranked.count))
    if let topP, topP < 1 {
      let total = kept.reduce(0) { $0 + weights[$1] }
      var nucleus: [Int] = []
      for token in kept {
        nucleus.append(token)
        if nucleus.reduce(0, { $0 + weights[$1] }) >= Float(topP) * total { break }
      }
      kept = nucleus
    }
    if let minP { kept.removeAll { weights[$0] < Float(minP) * weights[ranked[0]] } }
    return weights.indices.map { kept.contains($0) ? weights[$0] : 0 }
  }

  @Test func `agrees with the plain rule`() {
    let seed: UInt64 = .random(in: 0...999_999)
    var random = RandomSource(seed: seed)
    for number in 0..<1000 {
      let count = 1 + random.integer(below: 60)
      let levels = 1 + random.integer(below: 30)
      // Few levels make many ties; whole numbers of a power of two make sums that are exactly at the limit.
      var weights = (0..<count).map { _ in
        number.isMultiple(of: 2)
          ? Float(random.integer(below: levels)) / 16 : Float(random.uniform() * random.uniform() * random.uniform())
      }
      weights[random.integer(below: count)] = 1
      let topK = random.integer(below: 2) == 0 ? nil : 1 + random.integer(below: 70)
      let topP = [nil, 0.5, 0.25, 1, 0.9, 1e-9, random.uniform() + 1e-9][random.integer(below: 7)]
      let minP = [nil, 0, 0.5, 1, 0.0625, random.uniform()][random.integer(below: 6)]
      var filter = TokenFilter(topK: topK, topP: topP, minP: minP)
      var filtered = weights
      filter.apply(to: &filtered)
      let expected = reference(weights, topK: topK, topP: topP, minP: minP)
      #expect(
        filtered == expected,
        "\(weights), top-k \(topK ?? 0), top-p \(topP ?? 1), min-p \(minP ?? 0), number \(number) of seed \(seed)")
      #expect(filtered.contains { $0 > 0 })
    }
  }
}
