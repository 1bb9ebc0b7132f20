/// What becomes of a product once it is summed.
public enum Finish {
  /// out = x · w
  case store
  /// out = base + x · w; the base may be out itself
  case adding(Matrix)
  /// out = max(0, x · w); what is no number stays none.
  case rectify
  /// out = max(0, x · w)²
  case rectifyAndSquare
  /// out = x · w where the matrix is positive, 0 elsewhere: the derivative of `rectify`, given what that made.
  case gate(Matrix)
  /// out = x · w · 2 √matrix: the derivative of `rectifyAndSquare`, given what that made.
  case gateBySquare(Matrix)

  /// What a tile does while its sums are in registers, and what is done to some rows when all of them are there: more in the tiles would
  /// take their sums out of the registers.
  fileprivate var inTiles: Finish {
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

/// out (R, N) = x (R, K) · w (K, N); K is `depth`, or else the rows of w.
public func multiply(_ x: Matrix, _ w: Matrix, into out: Matrix, _ finish: Finish = .store, depth: Int? = nil) {
  let depth = depth ?? w.rows
  precondition(
    x.rows == out.rows && w.columns == out.columns && depth <= x.columns && depth <= w.rows,
    "(\(x.rows), \(x.columns)) · (\(w.rows), \(w.columns)) into (\(out.rows), \(out.columns)), \(depth) deep")
  product(
    Operand(start: x.start, row: x.stride, step: 1), w.start, stride: w.stride, depth: depth, into: out, finish)
}

/// out (M, N) = xᵀ (M, R) · dy (R, N), summed over the rows in their order; M is the rows of out.
///
/// `multiply`'s derivative by w: `dw += xᵀ · dy`, where the forward is `y = x · w`.
public func multiplyTransposed(_ x: Matrix, _ dy: Matrix, into out: Matrix, _ finish: Finish = .store) {
  precondition(
    x.rows == dy.rows && out.rows <= x.columns && out.columns == dy.columns,
    "(\(x.rows), \(x.columns))ᵀ · (\(dy.rows), \(dy.columns)) into (\(out.rows), \(out.columns))")
  // A long sum is cut where its rows of dy no longer fit the first cache; the order of its terms stays the same.
  var finish = finish
  for first in Swift.stride(from: 0, to: max(dy.rows, 1), by: 128) {
    let depth = min(128, dy.rows - first)
    product(
      Operand(start: x.start + first * x.stride, row: 1, step: x.stride), dy.start + first * dy.stride,
      stride: dy.stride, depth: depth, into: out, finish)
    finish = .adding(out)
  }
}

/// The left factor of a product: element (m, k) is at `start[m · row + k · step]`.
struct Operand {
  var start: Floats
  let row: Int
  let step: Int
}

/// out (m, n) = Σₖ a (m, k) · b (k, n), each sum in one register from its first term to its last, whatever the tiling.
///
/// Rows go by blocks that the second cache holds while all columns pass; within a block, columns go by panels that the first holds.
func product(_ a: Operand, _ b: Floats, stride: Int, depth: Int, into out: Matrix, _ finish: Finish) {
  let blocks = (out.rows + 143) / 144
  var row = 0
  for block in 0..<blocks {
    let count = (out.rows - row + blocks - block - 1) / (blocks - block)
    productOfRows(row..<row + count, a, b, stride, depth, out, finish.inTiles)
    finish.complete(row..<row + count, of: out)
    row += count
  }
}

private func productOfRows(
  _ rows: Range<Int>, _ a: Operand, _ b: Floats, _ stride: Int, _ depth: Int, _ out: Matrix, _ finish: Finish
) {
  let widest = Registers.widestTile(rows: rows.count)
  let panels = (out.vectors + widest - 1) / widest
  var vector = 0
  for panel in 0..<panels {
    let width = (out.vectors - vector + panels - panel - 1) / (panels - panel)
    let b = b + 16 * vector
    let highest = Registers.highestTile(width)
    let tiles = (rows.count + highest - 1) / highest
    var row = rows.lowerBound
    for tile in 0..<tiles {
      let height = (rows.upperBound - row + tiles - tile - 1) / (tiles - tile)
      let a = Operand(start: a.start + row * a.row, row: a.row, step: a.step)
      let place = Place(matrix: out, row: row, column: 16 * vector, finish: finish)
      switch width {
      case 1: oneWide(height, a, b, stride, depth, place)
      case 2: twoWide(height, a, b, stride, depth, place)
      case 3: threeWide(height, a, b, stride, depth, place)
      default: fourWide(height, a, b, stride, depth, place)
      }
      row += height
    }
    vector += width
  }
}

/// Where a tile goes, and how.
struct Place {
  let matrix: Matrix
  let row: Int
  let column: Int
  let finish: Finish
}

/// The product of `Height` rows and `Width` vectors of columns, held in registers.
enum Tile<let Height: Int, let Width: Int> {
  @inline(__always)
  static func multiply(_ a: Operand, _ b: Floats, _ stride: Int, _ depth: Int, _ place: Place) {
    var sums = InlineArray<Height, InlineArray<Width, Vector>> { _ in InlineArray { _ in Vector(0) } }
    let out = place.matrix.start + place.row * place.matrix.stride + place.column
    let outStride = place.matrix.stride
    if case .adding(let matrix) = place.finish {
      let base = matrix.start + place.row * matrix.stride + place.column
      for row in 0..<Height {
        for column in 0..<Width { sums[row][column] = base[vector: row * matrix.stride + 16 * column] }
      }
    }
    for k in 0..<depth {
      var factors = InlineArray<Width, Vector> { _ in Vector(0) }
      for column in 0..<Width { factors[column] = b[vector: k * stride + 16 * column] }
      for row in 0..<Height {
        let factor = Vector(a.start[row * a.row + k * a.step])
        for column in 0..<Width { sums[row][column] = sums[row][column].addingProduct(factor, factors[column]) }
      }
    }
    switch place.finish {
    case .store, .adding, .rectifyAndSquare, .gateBySquare: break
    case .rectify:
      for row in 0..<Height {
        for column in 0..<Width { sums[row][column] = sums[row][column].withoutNegatives }
      }
    case .gate(let matrix):
      let gate = matrix.start + place.row * matrix.stride + place.column
      for row in 0..<Height {
        for column in 0..<Width {
          let open = gate[vector: row * matrix.stride + 16 * column] .> Vector(0)
          sums[row][column] = Vector(0).replacing(with: sums[row][column], where: open)
        }
      }
    }
    for row in 0..<Height {
      for column in 0..<Width { out[vector: row * outStride + 16 * column] = sums[row][column] }
    }
  }
}

// MARK: One register tile for every shape: up to 28 of 32 registers hold sums

private func oneWide(_ height: Int, _ a: Operand, _ b: Floats, _ stride: Int, _ depth: Int, _ place: Place) {
  switch height {
  case 1: Tile<1, 1>.multiply(a, b, stride, depth, place)
  case 2: Tile<2, 1>.multiply(a, b, stride, depth, place)
  case 3: Tile<3, 1>.multiply(a, b, stride, depth, place)
  case 4: Tile<4, 1>.multiply(a, b, stride, depth, place)
  case 5: Tile<5, 1>.multiply(a, b, stride, depth, place)
  case 6: Tile<6, 1>.multiply(a, b, stride, depth, place)
  case 7: Tile<7, 1>.multiply(a, b, stride, depth, place)
  case 8: Tile<8, 1>.multiply(a, b, stride, depth, place)
  case 9: Tile<9, 1>.multiply(a, b, stride, depth, place)
  case 10: Tile<10, 1>.multiply(a, b, stride, depth, place)
  case 11: Tile<11, 1>.multiply(a, b, stride, depth, place)
  case 12: Tile<12, 1>.multiply(a, b, stride, depth, place)
  case 13: Tile<13, 1>.multiply(a, b, stride, depth, place)
  default: Tile<14, 1>.multiply(a, b, stride, depth, place)
  }
}

private func twoWide(_ height: Int, _ a: Operand, _ b: Floats, _ stride: Int, _ depth: Int, _ place: Place) {
  switch height {
  case 1: Tile<1, 2>.multiply(a, b, stride, depth, place)
  case 2: Tile<2, 2>.multiply(a, b, stride, depth, place)
  case 3: Tile<3, 2>.multiply(a, b, stride, depth, place)
  case 4: Tile<4, 2>.multiply(a, b, stride, depth, place)
  case 5: Tile<5, 2>.multiply(a, b, stride, depth, place)
  case 6: Tile<6, 2>.multiply(a, b, stride, depth, place)
  case 7: Tile<7, 2>.multiply(a, b, stride, depth, place)
  case 8: Tile<8, 2>.multiply(a, b, stride, depth, place)
  case 9: Tile<9, 2>.multiply(a, b, stride, depth, place)
  case 10: Tile<10, 2>.multiply(a, b, stride, depth, place)
  case 11: Tile<11, 2>.multiply(a, b, stride, depth, place)
  default: Tile<12, 2>.multiply(a, b, stride, depth, place)
  }
}

private func threeWide(_ height: Int, _ a: Operand, _ b: Floats, _ stride: Int, _ depth: Int, _ place: Place) {
  switch height {
  case 1: Tile<1, 3>.multiply(a, b, stride, depth, place)
  case 2: Tile<2, 3>.multiply(a, b, stride, depth, place)
  case 3: Tile<3, 3>.multiply(a, b, stride, depth, place)
  case 4: Tile<4, 3>.multiply(a, b, stride, depth, place)
  case 5: Tile<5, 3>.multiply(a, b, stride, depth, place)
  case 6: Tile<6, 3>.multiply(a, b, stride, depth, place)
  case 7: Tile<7, 3>.multiply(a, b, stride, depth, place)
  default: Tile<8, 3>.multiply(a, b, stride, depth, place)
  }
}

private func fourWide(_ height: Int, _ a: Operand, _ b: Floats, _ stride: Int, _ depth: Int, _ place: Place) {
  switch height {
  case 1: Tile<1, 4>.multiply(a, b, stride, depth, place)
  case 2: Tile<2, 4>.multiply(a, b, stride, depth, place)
  case 3: Tile<3, 4>.multiply(a, b, stride, depth, place)
  case 4: Tile<4, 4>.multiply(a, b, stride, depth, place)
  case 5: Tile<5, 4>.multiply(a, b, stride, depth, place)
  default: Tile<6, 4>.multiply(a, b, stride, depth, place)
  }
}
