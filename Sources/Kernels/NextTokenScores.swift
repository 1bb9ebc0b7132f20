// Scores of the next token are stored with one token per row and one sequence per column (V, R). A vector holds the
// scores of one token in sixteen sequences, so no sum or maximum goes across lanes.
//
// Sampling transforms them in place in three stages, each with a type of its own:
//
//     Logits → TokenWeights → CumulativeWeights → tokens

/// The logits of the next token (V, R).
package struct Logits: Sendable {
  let matrix: Matrix
  /// The number of sequences, R; the columns beyond them are padding.
  package let sequences: Int

  /// Creates a view of the first `sequences` columns of `matrix` (V, R).
  package init(_ matrix: Matrix, sequences: Int) {
    precondition(
      matrix.rows > 0 && sequences >= 0 && wholeVectors(sequences) <= matrix.columns,
      "\(sequences) sequences in \(matrix.columns) columns")
    self.matrix = matrix
    self.sequences = sequences
  }

  /// The number of tokens, V.
  package var vocabulary: Int { matrix.rows }

  package subscript(token: Int, sequence: Int) -> Float {
    get { matrix[token, sequence] }
    nonmutating set { matrix[token, sequence] = newValue }
  }

  /// Makes a token impossible in every sequence.
  package func forbid(_ token: Int) { matrix[rows: token..<token + 1].fill(-.infinity) }
}

/// The weight of each next token (V, R): its probability relative to that of the sequence's most probable token.
package struct TokenWeights: Sendable {
  let matrix: Matrix
  package let sequences: Int

  package subscript(token: Int, sequence: Int) -> Float { matrix[token, sequence] }
}

/// The cumulative sums of the weights over the tokens (V, R): cumulative probabilities times the last sum of the
/// column.
///
/// If one of a column's logits was NaN, its last sum is NaN or not above zero.
package struct CumulativeWeights: Sendable {
  let matrix: Matrix
  package let sequences: Int

  package var vocabulary: Int { matrix.rows }

  package subscript(token: Int, sequence: Int) -> Float { matrix[token, sequence] }

  init(_ matrix: Matrix, sequences: Int) {
    self.matrix = matrix
    self.sequences = sequences
  }

  /// Replaces the weights by their cumulative sums, after `filter` has changed those of each sequence.
  package init(_ weights: TokenWeights, filter: (inout [Float]) -> Void) {
    self.init(weights.matrix, sequences: weights.sequences)
    var column = Array(repeating: Float(0), count: matrix.rows)
    for sequence in 0..<sequences {
      for token in column.indices { column[token] = matrix[token, sequence] }
      filter(&column)
      var sum: Float = 0
      for (token, weight) in column.enumerated() {
        sum += weight
        matrix[token, sequence] = sum
      }
    }
  }
}
