/// out (R, C) = scale · x, with scale (R) = 1 / √(mean(x²) + 1e-5); the mean is over `width` columns, the others being zero.
///
/// Rows go by sixteens, so that one vector holds all their sums: no row adds up its own lanes.
public func normalize(_ x: Matrix, width: Int, into out: Matrix, scales: Lanes) {
  precondition(x.rows == out.rows && x.columns == out.columns && x.rows <= scales.count)
  for first in stride(from: 0, to: x.rows, by: 16) {
    let count = min(16, x.rows - first)
    var squares = Sixteen { _ in Vector(0) }
    for lane in 0..<count {
      let row = x.start + (first + lane) * x.stride
      for vector in 0..<x.vectors {
        squares[lane] = squares[lane].addingProduct(row[vector: 16 * vector], row[vector: 16 * vector])
      }
    }
    let mean = Sum.lanes(squares) * Vector(1 / Float(width)) + Vector(1e-5)
    let scale = Vector(1) / mean.squareRoot()
    for lane in 0..<count {
      scales.start[first + lane] = scale[lane]
      let row = x.start + (first + lane) * x.stride
      let result = out.start + (first + lane) * out.stride
      for vector in 0..<x.vectors {
        result[vector: 16 * vector] = row[vector: 16 * vector] * Vector(scale[lane])
      }
    }
  }
}

/// dx (R, C) = base + scale · (dy − out · mean(dy · out)): the derivative of `out = scale · x`, added to what else reaches x.
public func normalizeBackward(
  _ dy: Matrix, out: Matrix, scales: Lanes, width: Int, adding base: Matrix?, into dx: Matrix
) {
  precondition(dy.rows == out.rows && dx.rows == dy.rows && dx.columns == dy.columns && out.columns == dy.columns)
  for first in stride(from: 0, to: dy.rows, by: 16) {
    let count = min(16, dy.rows - first)
    var products = Sixteen { _ in Vector(0) }
    for lane in 0..<count {
      let slope = dy.start + (first + lane) * dy.stride
      let value = out.start + (first + lane) * out.stride
      for vector in 0..<dy.vectors {
        products[lane] = products[lane].addingProduct(slope[vector: 16 * vector], value[vector: 16 * vector])
      }
    }
    let shares = Sum.lanes(products) * Vector(-1 / Float(width))
    for lane in 0..<count {
      let slope = dy.start + (first + lane) * dy.stride
      let value = out.start + (first + lane) * out.stride
      let result = dx.start + (first + lane) * dx.stride
      let scale = Vector(scales.start[first + lane])
      let share = Vector(shares[lane])
      for vector in 0..<dy.vectors {
        let slope = slope[vector: 16 * vector].addingProduct(value[vector: 16 * vector], share)
        if let base {
          let before = base.start[vector: (first + lane) * base.stride + 16 * vector]
          result[vector: 16 * vector] = before.addingProduct(slope, scale)
        } else {
          result[vector: 16 * vector] = slope * scale
        }
      }
    }
  }
}
