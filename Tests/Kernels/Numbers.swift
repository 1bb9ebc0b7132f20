import Kernels
import Support

/// A matrix of random numbers, with its memory and a copy in `Double`.
struct Numbers {
  let matrix: Matrix
  private let buffer: FloatBuffer
  /// The number of columns without padding.
  let width: Int

  /// Creates numbers of the size of `scale`, with zeros in the columns from `width` on.
  init(rows: Int, width: Int, scale: Double = 1, using random: inout RandomSource) {
    self.init(rows: rows, width: width)
    for row in 0..<rows {
      for column in 0..<width { matrix[row, column] = Float(scale * random.normal()) }
    }
  }

  init(rows: Int, width: Int) {
    buffer = FloatBuffer(count: rows * rowStride(wholeVectors(width)))
    matrix = buffer.matrix(rows: rows, columns: wholeVectors(width))
    self.width = width
  }

  var values: [[Double]] {
    (0..<matrix.rows).map { row in (0..<width).map { Double(matrix[row, $0]) } }
  }
}

/// Returns the sum of the products of two matrices' elements, a scalar to differentiate for any `a`.
func inner(_ a: [[Double]], _ b: [[Double]]) -> Double {
  zip(a.joined(), b.joined()).reduce(0) { $0 + $1.0 * $1.1 }
}

/// Returns the largest difference between `gradients` and the central differences of `loss` by each element of `input`,
/// relative to the largest gradient.
func worstGradientError(_ input: Numbers, _ gradients: Numbers, _ loss: () -> Double) -> Double {
  var worst = 0.0
  var largest = 1e-6
  for row in 0..<input.matrix.rows {
    for column in 0..<input.width {
      let value = input.matrix[row, column]
      let step = Float(0x1p-7)
      input.matrix[row, column] = value + step
      let above = loss()
      input.matrix[row, column] = value - step
      let below = loss()
      input.matrix[row, column] = value
      let expected = (above - below) / Double(2 * step)
      worst = max(worst, abs(expected - Double(gradients.matrix[row, column])))
      largest = max(largest, abs(expected))
    }
  }
  return worst / largest
}
