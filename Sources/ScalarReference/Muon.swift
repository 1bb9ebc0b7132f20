import GPT

/// Muon (Jordan et al.) with Nesterov momentum and decoupled weight decay.
enum Muon {
  /// Updates `parameters`, a matrix of this shape, row by row, and their momentum.
  static func step(
    _ parameters: ArraySlice<Scalar>, _ shape: TensorShape, rate: Double, scale: Double, _ update: Update,
    momentum: inout ArraySlice<Double>
  ) {
    let kept = Update.muonMomentum
    for (index, parameter) in zip(parameters.indices, parameters) {
      momentum[index] = kept * momentum[index] + (1 - kept) * parameter.gradient * scale
    }
    let ahead = zip(parameters, momentum).map { (1 - kept) * $0.gradient * scale + kept * $1 }
    let rows = (0..<shape.rows).map { Array(ahead[$0 * shape.columns..<($0 + 1) * shape.columns]) }
    for (parameter, direction) in zip(parameters, orthogonalized(rows).joined()) {
      parameter.value -= rate * update.weightDecay * parameter.value
      parameter.value -= rate * shape.muonScale * direction
    }
  }

  /// Returns a matrix with the singular vectors of `matrix` and singular values near 1, by five Newton–Schulz
  /// iterations: X ← aX + (bA + cA²)X with A = XXᵀ.
  static func orthogonalized(_ matrix: [[Double]]) -> [[Double]] {
    if matrix.count > matrix[0].count { return transposed(orthogonalized(transposed(matrix))) }
    let norm = matrix.joined().reduce(0) { $0 + $1 * $1 }.squareRoot()
    var x = matrix.map { $0.map { $0 / (norm + 1e-7) } }
    for _ in 0..<5 {
      let gram = product(x, transposed(x))
      let factor = zip(gram, product(gram, gram)).map { zip($0, $1).map { -4.7750 * $0 + 2.0315 * $1 } }
      x = zip(x, product(factor, x)).map { zip($0, $1).map { 3.4445 * $0 + $1 } }
    }
    return x
  }

  private static func transposed(_ matrix: [[Double]]) -> [[Double]] {
    matrix[0].indices.map { column in matrix.map { $0[column] } }
  }

  private static func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    let columns = transposed(b)
    return a.map { row in columns.map { column in zip(row, column).reduce(0) { $0 + $1.0 * $1.1 } } }
  }
}
