import Foundation
import KneserNey
import Support
import Testing

/// A baseline whose probabilities do not add up to one would make every comparison wrong.
struct KneserNeyTests {
  private func texts(_ count: Int, vocabulary: Int, using random: inout RandomSource) -> [[Int32]] {
    let boundary = Int32(vocabulary - 1)
    return (0..<count).map { _ in
      // Most tokens depend on the one before, so that there are n-grams of every count.
      var text = [boundary]
      for _ in 0..<random.integer(below: 12) {
        let last = Int(text.last == boundary ? 0 : text[text.count - 1])
        text.append(
          Int32(random.integer(below: 3) > 0 ? (last + 1) % (vocabulary - 1) : random.integer(below: vocabulary - 1)))
      }
      return text + [boundary]
    }
  }

  @Test(arguments: 1...6) func `probabilities add up to one`(order: Int) {
    let seed = UInt64.random(in: 0...999_999)
    var random = RandomSource(seed: seed)
    let vocabulary = 9
    let model = KneserNey(order: order, vocabulary: vocabulary, texts(200, vocabulary: vocabulary, using: &random))
    for text in texts(50, vocabulary: vocabulary, using: &random) {
      for end in text.indices.dropFirst() {
        let sum = (0..<Int32(vocabulary)).reduce(0) { $0 + model.probability(of: $1, after: text[..<end]) }
        #expect(abs(sum - 1) < 1e-9, "seed \(seed), after \(text[..<end])")
      }
      #expect(abs(model.nats(of: text).reduce(0, +) + log(probability(of: text, model))) < 1e-9)
    }
  }

  private func probability(of text: [Int32], _ model: KneserNey) -> Double {
    text.indices.dropFirst().reduce(1) { $0 * model.probability(of: text[$1], after: text[..<$1]) }
  }

  /// Two texts, "a b" and "a c", and bigrams, small enough for calculation by hand.
  @Test func `a small model has the probabilities worked out by hand`() {
    let model = KneserNey(order: 2, vocabulary: 4, [[3, 0, 1, 3], [3, 0, 2, 3]])
    // Bigrams: ⊢a 2, ab 1, ac 1, b⊣ 1, c⊣ 1. So n₁ = 4, n₂ = 1 and d₁ = 1 − 2·(4/6)·(1/4) = 2/3; n₃ = 0, so d₂ = 1/2.
    // Unigrams, by the number of different tokens before them: a 1, b 1, c 1, ⊣ 2, in all 5. So n₁ = 3, n₂ = 1,
    // d₁ = 1 − 2·(3/5)·(1/3) = 3/5 and d₂ = 1/2.
    let b = (1 - 0.6 + (0.6 * 3 + 0.5) / 4) / 5
    let expected = (1 - 2.0 / 3 + 2 * (2.0 / 3) * b) / 2
    #expect(abs(model.probability(of: 1, after: [3, 0]) - expected) < 1e-12)
  }
}
