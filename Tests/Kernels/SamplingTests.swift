import Foundation
import Kernels
import Support
import Testing

/// If these fail, a text may have a token of probability zero, or depend on cached prefixes.
@Suite struct SamplingTests {
  private let seed = UInt64.random(in: 0...999_999)

  /// Returns the tokens sampled from each column, and expects the same from cached copies of the columns.
  private func tokens(_ weights: CumulativeWeights, randomNumbers: [Float], _ comment: Comment) -> [Int32] {
    let count = randomNumbers.count
    let buffer = FloatBuffer(count: wholeVectors(count))
    let lanes = buffer.lanes(count: count)
    for (index, number) in randomNumbers.enumerated() { lanes[index] = number }
    var tokens = Array(repeating: Int32(-1), count: count)
    let areNumbers = sampleTokens(weights, randomNumbers: lanes, into: &tokens)
    #expect(areNumbers, comment)
    let cached = CumulativeRows(rows: count, vocabulary: weights.vocabulary)
    for column in 0..<count { cached.set(row: count - 1 - column, to: weights, sequence: column) }
    let again = (0..<count).map { cached.sampleToken(row: count - 1 - $0, randomNumber: randomNumbers[$0]) }
    #expect(tokens == again, comment)
    return tokens
  }

  @Test(arguments: [1, 2, 15, 16, 17, 27, 255, 256, 257, 597, 1000])
  func `the first token whose cumulative weight exceeds the random number is sampled`(tokens: Int) {
    var random = RandomSource(seed: seed)
    for round in 0..<20 {
      let count = 1 + random.integer(below: 40)
      let numbers = Numbers(rows: tokens, width: count)
      let softmax = softmax(Logits(numbers.matrix, sequences: count), inverseTemperature: 1)
      let weights = CumulativeWeights(softmax) { column in
        // Many tokens have no weight, the first and the last among them.
        for token in 0..<tokens {
          column[token] = random.integer(below: 3) == 0 || tokens == 1 ? Float(random.uniform()) + 1e-3 : 0
        }
        if column.allSatisfy({ $0 == 0 }) { column[tokens - 1] = 1 }
      }
      let edges: [Float] = [0, 1 - 0x1p-24, 0.5]
      let randomNumbers = (0..<count).map { $0 < 3 ? edges[$0] : Float(random.integer(below: 1 << 24)) * 0x1p-24 }
      let found = self.tokens(weights, randomNumbers: randomNumbers, "round \(round) of seed \(seed)")
      for column in 0..<count {
        let threshold = randomNumbers[column] * weights[tokens - 1, column]
        let expected = (0..<tokens).first { weights[$0, column] > threshold }
        #expect(Int(found[column]) == expected, "column \(column), round \(round) of seed \(seed)")
      }
    }
  }

  @Test func `cumulative weights are the sums of the softmax`() {
    var random = RandomSource(seed: seed)
    let scores = Numbers(rows: 37, width: 21, scale: 3, using: &random)
    let plain = scores.values
    let cumulative = cumulativeSoftmax(Logits(scores.matrix, sequences: 21), inverseTemperature: 0.7)
    for column in 0..<21 {
      let weights = plain.map { exp(0.7 * $0[column]) }
      var sum = 0.0
      for token in 0..<37 {
        sum += weights[token]
        let share = Double(cumulative[token, column] / cumulative[36, column])
        #expect(abs(share - sum / weights.reduce(0, +)) < 1e-5, "seed \(seed)")
      }
    }
  }

  @Test func `of equal logits the first is sampled at temperature zero`() {
    let scores = Numbers(rows: 5, width: 4)
    let columns: [[Float]] = [
      [1, 3, 3, 2, 3], [-.infinity, -7, -.infinity, -7, -8], [0, 0, 0, 0, 0], [-3e38, 1, 2, 3, 3e38],
    ]
    for (column, numbers) in columns.enumerated() {
      for (token, number) in numbers.enumerated() { scores.matrix[token, column] = number }
    }
    let weights = cumulativeArgmax(Logits(scores.matrix, sequences: 4))
    for number: Float in [0, 0.5, 1 - 0x1p-24] {
      #expect(tokens(weights, randomNumbers: Array(repeating: number, count: 4), "\(number)") == [1, 1, 0, 4])
    }
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity]) func `logits that are not finite are an error`(number: Float) {
    let fills = number == -.infinity ? [0, 1, 2] : [1]
    for largest in [true, false] {
      let scores = Numbers(rows: 3, width: 2)
      for token in fills { scores.matrix[token, 1] = number }
      let logits = Logits(scores.matrix, sequences: 2)
      let weights = largest ? cumulativeArgmax(logits) : cumulativeSoftmax(logits, inverseTemperature: 1)
      let buffer = FloatBuffer(count: 16)
      var tokens: [Int32] = [0, 0]
      #expect(sampleTokens(weights, randomNumbers: buffer.lanes(count: 1), into: &tokens))
      #expect(!sampleTokens(weights, randomNumbers: buffer.lanes(count: 2), into: &tokens), "\(number), \(largest)")
    }
  }
}
