/// Running sums that are kept, one sequence a row (R, V), to be chosen by again and again.
package struct KeptSums: Sendable {
  private let tokens: Int
  private let sums: Matrix
  /// The last sum of each vector of a row: where the place is that is looked for, without a look at all of them.
  private let lasts: Matrix
  private let memory: FloatBuffer

  package init(rows: Int, tokens: Int) {
    self.tokens = tokens
    memory = FloatBuffer(count: rows * Self.floats(tokens: tokens))
    let columns = wholeVectors(tokens)
    sums = memory.matrix(rows: rows, columns: columns)
    lasts = memory.matrix(
      at: rows * rowStride(columns), rows: rows, columns: wholeVectors(columns / 16))
  }

  /// The floats that one row takes.
  package static func floats(tokens: Int) -> Int {
    let columns = wholeVectors(tokens)
    return rowStride(columns) + rowStride(wholeVectors(columns / 16))
  }

  /// Keeps one column of sums as a row.
  package func keep(_ column: Int, of scores: Matrix, row: Int) {
    precondition(
      column >= 0 && column < scores.columns && row >= 0 && row < sums.rows && scores.rows == tokens,
      "column \(column) of \(scores.columns) in row \(row) of \(sums.rows)")
    let (sums, lasts, stride) = (sums[rows: row..<row + 1], lasts[rows: row..<row + 1], scores.stride)
    sums.fill(.infinity)
    lasts.fill(.infinity)
    for token in 0..<tokens { sums.start[token] = scores.start[token * stride + column] }
    for vector in 0..<tokens / 16 { lasts.start[vector] = sums.start[16 * vector + 15] }
  }

  /// The same choice as that by the column that was kept.
  package func choice(row: Int, uniform: Float) -> Int32 {
    precondition(row >= 0 && row < sums.rows, "row \(row) of \(sums.rows)")
    let (sums, lasts, vectors) = (
      sums.start + row * sums.stride, self.lasts.start + row * self.lasts.stride, self.lasts.vectors
    )
    let wanted = Vector(uniform * sums[tokens - 1])
    var passed = 0
    for vector in 0..<vectors { passed += lanes(lasts[vector: 16 * vector] .<= wanted) }
    let first = 16 * min(passed, self.sums.vectors - 1)
    return Int32(truncatingIfNeeded: min(first + lanes(sums[vector: first] .<= wanted), tokens - 1))
  }
}

/// How many lanes are true.
@inline(__always)
private func lanes(_ mask: SIMDMask<SIMD16<Int32>>) -> Int {
  Int(SIMD16<Int32>(repeating: 0).replacing(with: 1, where: mask).wrappedSum())
}
