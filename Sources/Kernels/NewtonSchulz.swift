/// The memory in which one thread makes matrices orthogonal, one after the other.
package final class NewtonSchulz: Sendable {
  private let current: FloatBuffer
  private let next: FloatBuffer
  private let gram: FloatBuffer
  private let square: FloatBuffer

  /// Memory for matrices of up to `length` rows and `side` columns, or the other way round.
  package init(length: Int, side: Int) {
    current = FloatBuffer(count: length * rowStride(side))
    next = FloatBuffer(count: length * rowStride(side))
    gram = FloatBuffer(count: side * rowStride(side))
    square = FloatBuffer(count: side * rowStride(side))
  }

  /// The number of multiply-adds that a matrix takes.
  package static func multiplyAdds(length: Int, side: Int) -> Int { iterations * (2 * length + side) * side * side }

  private static let iterations = 5
  /// The coefficients of Jordan et al.: the fastest growth of small singular values that keeps all of them near 1.
  private static let (a, b, c): (Float, Float, Float) = (3.4445, -4.7750, 2.0315)

  /// Replaces `matrix` by one with the same singular vectors and singular values near 1; zero stays zero.
  ///
  /// With U = X / (‖X‖ + 10⁻⁷), each iteration is U ← U · (a + b·UᵀU + c·(UᵀU)²). It takes place on the matrix or its
  /// transpose, whichever has no more columns than rows. Rows and columns of zeros, the padding, stay zero.
  package func orthogonalize(_ matrix: Matrix) {
    let isWide = matrix.columns > matrix.rows
    let length = max(matrix.rows, matrix.columns)
    let side = min(matrix.rows, matrix.columns)
    // x, y (L, S); gram, square (S, S)
    var x = current.matrix(rows: length, columns: side)
    var y = next.matrix(rows: length, columns: side)
    let gram = gram.matrix(rows: side, columns: side)
    let square = square.matrix(rows: side, columns: side)
    if isWide { transpose(matrix, into: x) } else { copy(matrix, to: x, times: 1) }
    copy(x, to: x, times: Float(1 / (norm(x) + 1e-7)))
    for _ in 0..<Self.iterations {
      multiplySymmetric(x, x, into: gram)
      multiplySymmetric(gram, gram, into: square)
      Self.combine(gram, square)
      multiply(x, square, into: y)
      swap(&x, &y)
    }
    if isWide { transpose(x, into: matrix) } else { copy(x, to: matrix, times: 1) }
  }

  /// square = a + b · gram + c · square
  private static func combine(_ gram: Matrix, _ square: Matrix) {
    for row in 0..<square.rows {
      let grams = gram.start + row * gram.stride
      let squares = square.start + row * square.stride
      for vector in 0..<square.vectors {
        squares[vector: 16 * vector] =
          (grams[vector: 16 * vector] * Vector(b)).addingProduct(squares[vector: 16 * vector], Vector(c))
      }
      squares[row] += a
    }
  }
}

/// out = xᵀ · y, which must be symmetric: its part above the diagonal is copied from that below, in panels as wide as a
/// tile.
private func multiplySymmetric(_ x: Matrix, _ y: Matrix, into out: Matrix) {
  for first in stride(from: 0, to: out.columns, by: 64) {
    let panel = first..<min(first + 64, out.columns)
    let (atAndBelow, below) = (first..<out.rows, panel.upperBound..<out.rows)
    multiplyTransposed(x[columns: atAndBelow], y[columns: panel], into: out[rows: atAndBelow][columns: panel])
    if !below.isEmpty { transpose(out[rows: below][columns: panel], into: out[rows: panel][columns: below]) }
  }
}

/// The Frobenius norm: the rows' sums of squares in single precision, added up in double precision.
private func norm(_ matrix: Matrix) -> Double {
  var total = 0.0
  for row in 0..<matrix.rows {
    let numbers = matrix.start + row * matrix.stride
    var sum = Vector(0)
    for vector in 0..<matrix.vectors {
      sum = sum.addingProduct(numbers[vector: 16 * vector], numbers[vector: 16 * vector])
    }
    total += Double(sum.total)
  }
  return total.squareRoot()
}

/// target = source · factor
private func copy(_ source: Matrix, to target: Matrix, times factor: Float) {
  precondition(
    source.rows == target.rows && source.columns == target.columns,
    "(\(source.rows), \(source.columns)) into (\(target.rows), \(target.columns))")
  for row in 0..<source.rows {
    let from = source.start + row * source.stride
    let to = target.start + row * target.stride
    for vector in 0..<source.vectors { to[vector: 16 * vector] = from[vector: 16 * vector] * Vector(factor) }
  }
}
