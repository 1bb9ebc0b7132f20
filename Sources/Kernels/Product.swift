/// The epilogue applied to a matrix product.
package enum Epilogue {
  /// out = x · w
  case store
  /// out = base + x · w; the base may be out itself
  case adding(Matrix)
  /// out = max(0, x · w); NaN stays NaN
  case rectify
  /// out = max(0, x · w)²
  case rectifyAndSquare
  /// out = x · w where the matrix is positive, 0 elsewhere: the derivative of `rectify`, given its output
  case gate(Matrix)
  /// out = x · w · 2 √matrix: the derivative of `rectifyAndSquare`, given its output
  case gateBySquare(Matrix)

  /// The part of the epilogue that a tile applies while its sums are in registers.
  ///
  /// `complete` applies the rest to finished rows, because more code in the tiles would spill their sums.
  fileprivate var inTiles: Epilogue {
    switch self {
    case .store, .adding, .rectify, .gate: self
    case .rectifyAndSquare: .rectify
    case .gateBySquare: .store
    }
  }

  fileprivate func complete(_ rows: Range<Int>, of out: Matrix) {
    switch self {
    case .store, .adding, .rectify, .gate: return
    case .rectifyAndSquare:
      for row in rows {
        let results = out.start + row * out.stride
        for vector in 0..<out.vectors { results[vector: 16 * vector] *= results[vector: 16 * vector] }
      }
    case .gateBySquare(let matrix):
      for row in rows {
        let squares = matrix.start + row * matrix.stride
        let results = out.start + row * out.stride
        for vector in 0..<out.vectors {
          let root = squares[vector: 16 * vector].squareRoot()
          results[vector: 16 * vector] *= root + root
        }
      }
    }
  }
}

/// out (R, N) = x (R, K) · w (K, N); K is `depth`, or by default the number of rows of w.
package func multiply(_ x: Matrix, _ w: Matrix, into out: Matrix, _ epilogue: Epilogue = .store, depth: Int? = nil) {
  let depth = depth ?? w.rows
  precondition(
    x.rows == out.rows && w.columns == out.columns && depth <= x.columns && depth <= w.rows,
    "(\(x.rows), \(x.columns)) · (\(w.rows), \(w.columns)) into (\(out.rows), \(out.columns)), \(depth) deep")
  product(
    Operand(start: x.start, stride: x.stride, isTransposed: false), w.start, stride: w.stride, depth: depth, into: out,
    epilogue)
}

/// out (M, N) = xᵀ (M, R) · dy (R, N), summed over the rows in their order; M is the rows of out.
///
/// The gradient of `y = x · w` by w is `dw = xᵀ · dy`.
package func multiplyTransposed(_ x: Matrix, _ dy: Matrix, into out: Matrix, _ epilogue: Epilogue = .store) {
  precondition(
    x.rows == dy.rows && out.rows <= x.columns && out.columns == dy.columns,
    "(\(x.rows), \(x.columns))ᵀ · (\(dy.rows), \(dy.columns)) into (\(out.rows), \(out.columns))")
  // A long sum is split where its rows of dy no longer fit the first-level cache; the order of its terms stays the
  // same.
  var epilogue = epilogue
  for first in Swift.stride(from: 0, to: max(dy.rows, 1), by: 128) {
    let depth = min(128, dy.rows - first)
    product(
      Operand(start: x.start + first * x.stride, stride: x.stride, isTransposed: true), dy.start + first * dy.stride,
      stride: dy.stride, depth: depth, into: out, epilogue,
      next: first + 128 < dy.rows ? dy.start + (first + 128) * dy.stride : nil)
    epilogue = .adding(out)
  }
}

/// out (m, n) = Σₖ a (m, k) · b (k, n). For any tiling, each sum stays in one register from its first term to its last.
///
/// A block of rows fits the second-level cache and is multiplied with all columns; within it, a panel of columns fits
/// the first-level cache. `next` is the right factor of the product that follows, if it is known: a part of each next
/// panel is prefetched, because the processor does not predict these accesses.
func product(
  _ a: Operand, _ b: Floats, stride: Int, depth: Int, into out: Matrix, _ epilogue: Epilogue, next: Floats? = nil
) {
  let blocks = (out.rows + 143) / 144
  var row = 0
  for block in 0..<blocks {
    let count = (out.rows - row + blocks - block - 1) / (blocks - block)
    productOfRows(
      row..<row + count, a, b, stride, depth, out, epilogue.inTiles, next: block + 1 < blocks ? b : next)
    epilogue.complete(row..<row + count, of: out)
    row += count
  }
}

private func productOfRows(
  _ rows: Range<Int>, _ a: Operand, _ b: Floats, _ stride: Int, _ depth: Int, _ out: Matrix, _ epilogue: Epilogue,
  next: Floats?
) {
  // Below 128 kB of results and right factor, prefetching costs more than it gains.
  let prefetches = (rows.count + depth) * out.columns >= 32_768
  let share = (depth + rows.count - 1) / rows.count
  let widest = Registers.widestTile(rows: rows.count)
  let panels = (out.vectors + widest - 1) / widest
  var vector = 0
  for panel in 0..<panels {
    let width = (out.vectors - vector + panels - panel - 1) / (panels - panel)
    let b = b + 16 * vector
    let nextPanel = panel + 1 < panels ? b + 16 * width : next
    let highest = Registers.highestTile(width)
    let tiles = (rows.count + highest - 1) / highest
    var row = rows.lowerBound
    for tile in 0..<tiles {
      let height = (rows.upperBound - row + tiles - tile - 1) / (tiles - tile)
      let place = Place(
        matrix: out, row: row, column: 16 * vector, epilogue: epilogue, prefetches: prefetches,
        nextPanel: (nextPanel ?? b) + (row - rows.lowerBound) * share * stride,
        nextPanelRows: nextPanel == nil ? 0 : share)
      multiplyTile(height: height, width: width, a.from(row), b, stride, depth, place)
      row += height
    }
    vector += width
  }
}
