/// The probability of each next token (V, R).
package struct TokenProbabilities: Sendable {
  let matrix: Matrix
  let sequences: Int

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

  fileprivate init(_ matrix: Matrix, sequences: Int) {
    self.matrix = matrix
    self.sequences = sequences
  }

  /// Sets the first `sequences` columns of `matrix` (V, R) to probabilities that all sequences have in common, times a
  /// factor for each sequence.
  package init(_ matrix: Matrix, sequences: Int, _ common: Span<Float>, factors: Lanes) {
    precondition(
      common.count == matrix.rows && factors.count >= wholeVectors(sequences) && matrix.columns >= factors.count,
      "\(common.count) probabilities and \(factors.count) factors for \(sequences) sequences")
    self.matrix = matrix
    self.sequences = sequences
    for first in stride(from: 0, to: sequences, by: 16) {
      let column = matrix.start + first
      let factor = factors.start[vector: first]
      for token in 0..<matrix.rows { column[vector: token * matrix.stride] = factor * Vector(common[token]) }
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

extension Logits {
  /// Sets `result`, which may be these logits, to 2 · `sharpness` · ln((1 − `share`) · √p + `share` · √q), where p are
  /// the probabilities that follow from these logits, and q are `others`, all above zero.
  package func mix(_ others: TokenProbabilities, share: Float, sharpness: Float, into result: Logits) {
    precondition(
      others.matrix.rows == vocabulary && others.sequences == sequences && result.vocabulary == vocabulary
        && result.sequences == sequences,
      "probabilities of \(others.matrix.rows) tokens in \(others.sequences) sequences")
    let (share, factor) = (Vector(share), Vector(2 * sharpness))
    for first in stride(from: 0, to: sequences, by: 16) {
      let (input, other, output) = (matrix.start + first, others.matrix.start + first, result.matrix.start + first)
      let largest = largest(matrix, first)
      var total = Vector(Float.leastNormalMagnitude)
      for token in 0..<vocabulary {
        let root = exponential((input[vector: token * matrix.stride] - largest) * Vector(0.5))
        output[vector: token * result.matrix.stride] = root
        total = total.addingProduct(root, root)
      }
      let scale = (Vector(1) - share) * reciprocalSquareRoot(total)
      for token in 0..<vocabulary {
        let probability = other[vector: token * others.matrix.stride].larger(Vector(Float.leastNormalMagnitude))
        let root = probability * reciprocalSquareRoot(probability)
        let mean = (output[vector: token * result.matrix.stride] * scale).addingProduct(share, root)
        output[vector: token * result.matrix.stride] = factor * logarithm(mean)
      }
    }
  }

  /// Copies the logits to the first columns of `matrix`.
  package func copy(to matrix: Matrix) -> Logits {
    self.matrix.copyColumns(of: sequences, to: matrix)
    return Logits(matrix, sequences: sequences)
  }
}

extension TokenProbabilities {
  /// Copies the probabilities to the first columns of `matrix`.
  package func copy(to matrix: Matrix) -> TokenProbabilities {
    self.matrix.copyColumns(of: sequences, to: matrix)
    return TokenProbabilities(matrix, sequences: sequences)
  }
}

extension Matrix {
  fileprivate func copyColumns(of sequences: Int, to other: Matrix) {
    precondition(
      other.rows == rows && wholeVectors(sequences) <= min(columns, other.columns),
      "\(sequences) columns of \(rows) rows into \(other.columns) of \(other.rows)")
    for row in 0..<rows {
      for first in Swift.stride(from: 0, to: sequences, by: 16) {
        other.start[vector: row * other.stride + first] = start[vector: row * stride + first]
      }
    }
  }
}
