/// The probability of each next token (V, R), while other probabilities are mixed into those of a network.
package struct TokenProbabilities: Sendable {
  private let matrix: Matrix
  private let sequences: Int

  /// Replaces the logits by `share` · softmax(logits).
  package init(_ logits: Logits, share: Float) {
    matrix = logits.matrix
    sequences = logits.sequences
    for first in stride(from: 0, to: sequences, by: 16) {
      let column = matrix.start + first
      let scale = Vector(share) / Self.exponentiate(matrix, first)
      for token in 0..<matrix.rows { column[vector: token * matrix.stride] *= scale }
    }
  }

  /// Replaces the logits by `share` · softmax(logits) + `others` · `factors`.
  ///
  /// - Parameters:
  ///   - others: Probabilities of the tokens that all sequences have in common.
  ///   - factors: Their factor in each sequence.
  package init(_ logits: Logits, share: Float, _ others: Span<Float>, factors: Lanes) {
    precondition(
      others.count == logits.vocabulary && factors.count >= wholeVectors(logits.sequences),
      "\(others.count) probabilities and \(factors.count) factors for \(logits.sequences) sequences")
    matrix = logits.matrix
    sequences = logits.sequences
    for first in stride(from: 0, to: sequences, by: 16) {
      let column = matrix.start + first
      let scale = Vector(share) / Self.exponentiate(matrix, first)
      let factor = factors.start[vector: first]
      for token in 0..<matrix.rows {
        let probability = column[vector: token * matrix.stride] * scale
        column[vector: token * matrix.stride] = probability.addingProduct(factor, Vector(others[token]))
      }
    }
  }

  /// Replaces sixteen columns of logits by numbers that have the proportions of the probabilities, and returns their
  /// sums.
  private static func exponentiate(_ matrix: Matrix, _ first: Int) -> Vector {
    let column = matrix.start + first
    let largest = largest(matrix, first)
    var total = Vector(0)
    for token in 0..<matrix.rows {
      let weight = exponential(column[vector: token * matrix.stride] - largest)
      column[vector: token * matrix.stride] = weight
      total += weight
    }
    return total
  }

  /// Adds the probabilities of another network.
  package func add(_ others: TokenProbabilities) {
    precondition(
      others.matrix.rows == matrix.rows && others.sequences == sequences,
      "probabilities of \(others.matrix.rows) tokens in \(others.sequences) sequences")
    for first in stride(from: 0, to: sequences, by: 16) {
      let (column, other) = (matrix.start + first, others.matrix.start + first)
      for token in 0..<matrix.rows {
        column[vector: token * matrix.stride] += other[vector: token * others.matrix.stride]
      }
    }
  }

  /// Adds to the probability of a token in one sequence.
  package func add(_ probability: Float, to token: Int, in sequence: Int) { matrix[token, sequence] += probability }

  /// Replaces the probabilities by their logarithms.
  package func logits() -> Logits {
    for first in stride(from: 0, to: sequences, by: 16) {
      let column = matrix.start + first
      for token in 0..<matrix.rows {
        // The smallest normal number has a logarithm; NaN stays NaN.
        let probability = column[vector: token * matrix.stride].larger(Vector(Float.leastNormalMagnitude))
        column[vector: token * matrix.stride] = logarithm(probability)
      }
    }
    return Logits(matrix, sequences: sequences)
  }
}
