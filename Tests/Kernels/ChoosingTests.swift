import Foundation
import Kernels
import Support
import Testing

/// Without these, a text could hold a token that the model deems impossible, or be another one for having been met before.
@Suite struct ChoosingTests {
  private let seed = UInt64.random(in: 0...999_999)

  /// What `uniform` chooses of each column, and again of the kept sums of that column; they are the same.
  private func choices(_ sums: Numbers, uniforms: [Float], _ comment: Comment) -> [Int32] {
    let count = uniforms.count
    let buffer = FloatBuffer(count: wholeVectors(count))
    let lanes = buffer.lanes(count: count)
    for (index, uniform) in uniforms.enumerated() { lanes[index] = uniform }
    var choices = Array(repeating: Int32(-1), count: count)
    let areNumbers = choose(sums.matrix, uniforms: lanes, into: &choices)
    #expect(areNumbers, comment)
    let kept = KeptSums(rows: count, tokens: sums.matrix.rows)
    for column in 0..<count { kept.keep(column, of: sums.matrix, row: count - 1 - column) }
    let again = (0..<count).map { kept.choice(row: count - 1 - $0, uniform: uniforms[$0]) }
    #expect(choices == again, comment)
    return choices
  }

  @Test(arguments: [1, 2, 15, 16, 17, 27, 255, 256, 257, 597, 1000])
  func `the first token whose sum passes is chosen`(tokens: Int) {
    var random = RandomSource(seed: seed)
    for round in 0..<20 {
      let count = 1 + random.integer(below: 40)
      let sums = Numbers(rows: tokens, width: count)
      for column in 0..<count {
        var sum: Float = 0
        // Many tokens have no weight, the first and the last among them.
        for token in 0..<tokens {
          if random.integer(below: 3) == 0 || tokens == 1 { sum += Float(random.uniform()) + 1e-3 }
          sums.matrix[token, column] = sum
        }
        if sum == 0 { sums.matrix[tokens - 1, column] = 1 }
      }
      let edges: [Float] = [0, 1 - 0x1p-24, 0.5]
      let uniforms = (0..<count).map { $0 < 3 ? edges[$0] : Float(random.integer(below: 1 << 24)) * 0x1p-24 }
      let found = choices(sums, uniforms: uniforms, "round \(round) of seed \(seed)")
      for column in 0..<count {
        let wanted = uniforms[column] * sums.matrix[tokens - 1, column]
        let expected = (0..<tokens).first { sums.matrix[$0, column] > wanted }
        #expect(Int(found[column]) == expected, "column \(column), round \(round) of seed \(seed)")
      }
    }
  }

  @Test func `sums are those of the softmax`() {
    var random = RandomSource(seed: seed)
    let scores = Numbers(rows: 37, width: 21, scale: 3, using: &random)
    let plain = scores.values
    accumulate(scores.matrix, count: 21, sharpness: 0.7)
    for column in 0..<21 {
      let weights = plain.map { exp(0.7 * $0[column]) }
      var sum = 0.0
      for token in 0..<37 {
        sum += weights[token]
        let share = Double(scores.matrix[token, column] / scores.matrix[36, column])
        #expect(abs(share - sum / weights.reduce(0, +)) < 1e-5, "seed \(seed)")
      }
    }
  }

  @Test func `of equal scores the first is the largest`() {
    let scores = Numbers(rows: 5, width: 4)
    let columns: [[Float]] = [
      [1, 3, 3, 2, 3], [-.infinity, -7, -.infinity, -7, -8], [0, 0, 0, 0, 0], [-3e38, 1, 2, 3, 3e38],
    ]
    for (column, numbers) in columns.enumerated() {
      for (token, number) in numbers.enumerated() { scores.matrix[token, column] = number }
    }
    accumulateLargest(scores.matrix, count: 4)
    for uniform: Float in [0, 0.5, 1 - 0x1p-24] {
      #expect(choices(scores, uniforms: Array(repeating: uniform, count: 4), "\(uniform)") == [1, 1, 0, 4])
    }
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity]) func `what is no number cannot be chosen by`(number: Float) {
    let fills = number == -.infinity ? [0, 1, 2] : [1]
    for largest in [true, false] {
      let scores = Numbers(rows: 3, width: 2)
      for token in fills { scores.matrix[token, 1] = number }
      if largest {
        accumulateLargest(scores.matrix, count: 2)
      } else {
        accumulate(scores.matrix, count: 2, sharpness: 1)
      }
      let buffer = FloatBuffer(count: 16)
      var choices: [Int32] = [0, 0]
      #expect(choose(scores.matrix, uniforms: buffer.lanes(count: 1), into: &choices))
      #expect(!choose(scores.matrix, uniforms: buffer.lanes(count: 2), into: &choices), "\(number), \(largest)")
    }
  }
}
