/// RMS normalization: out (R, C) = scale · x, with scale (R) = 1 / √(mean(x²) + 1e-5). The mean is over `width`
/// columns; the others are zero.
///
/// Rows are processed sixteen at a time, so that one vector holds all their sums.
package func normalize(_ x: Matrix, width: Int, into out: Matrix, scales: Lanes) {
  precondition(x.rows == out.rows && x.columns == out.columns && x.rows <= scales.count)
  for first in stride(from: 0, to: x.rows, by: 16) {
    let count = min(16, x.rows - first)
    let rows = x.start + first * x.stride
    let results = out.start + first * out.stride
    var squares = RowBlock { _ in Vector(0) }
    for lane in 0..<count {
      let row = rows + lane * x.stride
      var square = row[vector: 0] * row[vector: 0]
      for vector in 1..<x.vectors { square = square.addingProduct(row[vector: 16 * vector], row[vector: 16 * vector]) }
      squares[lane] = square
    }
    let mean = Sum.lanes(squares) * Vector(1 / Float(width)) + Vector(1e-5)
    let scale = RowScalars(Vector(1) / mean.squareRoot())
    for lane in 0..<count {
      let row = rows + lane * x.stride
      let result = results + lane * out.stride
      let scale = scale[lane]
      scales.start[first + lane] = scale
      for vector in 0..<x.vectors { result[vector: 16 * vector] = row[vector: 16 * vector] * Vector(scale) }
    }
  }
}

/// dx (R, C) = base + scale · (dy − out · mean(dy · out)): the gradient of `normalize` by x, added to `base`, the
/// gradient that reaches x on other paths.
package func normalizeBackward(
  _ dy: Matrix, out: Matrix, scales: Lanes, width: Int, adding base: Matrix?, into dx: Matrix
) {
  precondition(dy.rows == out.rows && dx.rows == dy.rows && dx.columns == dy.columns && out.columns == dy.columns)
  for first in stride(from: 0, to: dy.rows, by: 16) {
    let count = min(16, dy.rows - first)
    let gradients = dy.start + first * dy.stride
    let values = out.start + first * out.stride
    let results = dx.start + first * dx.stride
    var products = RowBlock { _ in Vector(0) }
    for lane in 0..<count {
      let gradient = gradients + lane * dy.stride
      let value = values + lane * out.stride
      var product = gradient[vector: 0] * value[vector: 0]
      for vector in 1..<dy.vectors {
        product = product.addingProduct(gradient[vector: 16 * vector], value[vector: 16 * vector])
      }
      products[lane] = product
    }
    let share = RowScalars(Sum.lanes(products) * Vector(-1 / Float(width)))
    for lane in 0..<count {
      let gradient = gradients + lane * dy.stride
      let value = values + lane * out.stride
      let result = results + lane * dx.stride
      let share = Vector(share[lane])
      let scale = Vector(scales.start[first + lane])
      if let base {
        let before = base.start + (first + lane) * base.stride
        for vector in 0..<dy.vectors {
          let inner = gradient[vector: 16 * vector].addingProduct(value[vector: 16 * vector], share)
          result[vector: 16 * vector] = before[vector: 16 * vector].addingProduct(inner, scale)
        }
      } else {
        for vector in 0..<dy.vectors {
          let inner = gradient[vector: 16 * vector].addingProduct(value[vector: 16 * vector], share)
          result[vector: 16 * vector] = inner * scale
        }
      }
    }
  }
}
