/// Cached cumulative weights (R, V), one sequence per row, from which tokens are sampled repeatedly.
package struct CumulativeRows: Sendable {
  private let vocabulary: Int
  private let sums: Matrix
  /// The last sum of each vector of a row, an index that spares sampling from reading the whole row.
  private let lastSums: Matrix
  private let memory: FloatBuffer

  package init(rows: Int, vocabulary: Int) {
    self.vocabulary = vocabulary
    memory = FloatBuffer(count: rows * Self.floats(vocabulary: vocabulary))
    let columns = wholeVectors(vocabulary)
    sums = memory.matrix(rows: rows, columns: columns)
    lastSums = memory.matrix(
      at: rows * rowStride(columns), rows: rows, columns: wholeVectors(columns / 16))
  }

  /// Returns the number of floats of one row, its index included.
  package static func floats(vocabulary: Int) -> Int {
    let columns = wholeVectors(vocabulary)
    return rowStride(columns) + rowStride(wholeVectors(columns / 16))
  }

  /// Copies the weights of one sequence to a row.
  package func set(row: Int, to weights: CumulativeWeights, sequence: Int) {
    let matrix = weights.matrix
    precondition(
      sequence >= 0 && sequence < weights.sequences && row >= 0 && row < sums.rows && matrix.rows == vocabulary,
      "sequence \(sequence) of \(weights.sequences) in row \(row) of \(sums.rows)")
    let (sums, lastSums, stride) = (sums[rows: row..<row + 1], lastSums[rows: row..<row + 1], matrix.stride)
    sums.fill(.infinity)
    lastSums.fill(.infinity)
    for token in 0..<vocabulary { sums.start[token] = matrix.start[token * stride + sequence] }
    for vector in 0..<vocabulary / 16 { lastSums.start[vector] = sums.start[16 * vector + 15] }
  }

  /// Returns the token that `sampleTokens` samples from the weights that the row was set to.
  package func sampleToken(row: Int, randomNumber: Float) -> Int32 {
    precondition(row >= 0 && row < sums.rows, "row \(row) of \(sums.rows)")
    let (sums, lastSums, vectors) = (
      sums.start + row * sums.stride, self.lastSums.start + row * self.lastSums.stride, self.lastSums.vectors
    )
    let threshold = Vector(randomNumber * sums[vocabulary - 1])
    var passed = 0
    for vector in 0..<vectors { passed += trueLanes(lastSums[vector: 16 * vector] .<= threshold) }
    let first = 16 * min(passed, self.sums.vectors - 1)
    return Int32(truncatingIfNeeded: min(first + trueLanes(sums[vector: first] .<= threshold), vocabulary - 1))
  }
}

/// The number of lanes that are true.
@inline(__always)
private func trueLanes(_ mask: SIMDMask<SIMD16<Int32>>) -> Int {
  Int(SIMD16<Int32>(repeating: 0).replacing(with: 1, where: mask).wrappedSum())
}
