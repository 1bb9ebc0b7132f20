/// What becomes of a product once it is summed.
public enum Finish {
  /// out = x · w
  case store
  /// out = base + x · w; the base may be out itself
  case adding(Matrix)
  /// out = max(0, x · w)
  case rectify
  /// out = max(0, x · w)²
  case rectifyAndSquare
  /// out = x · w where the matrix is positive, 0 elsewhere: the derivative of `rectify`, given what that made.
  case gate(Matrix)
  /// out = x · w · 2 √matrix: the derivative of `rectifyAndSquare`, given what that made.
  case gateBySquare(Matrix)
}

/// out (R, N) = x (R, K) · w (K, N); K is `depth`, or else the rows of w.
public func multiply(_ x: Matrix, _ w: Matrix, into out: Matrix, _ finish: Finish = .store, depth: Int? = nil) {
  let depth = depth ?? w.rows
  precondition(
    x.rows == out.rows && w.columns == out.columns && depth <= x.columns && depth <= w.rows,
    "(\(x.rows), \(x.columns)) · (\(w.rows), \(w.columns)) into (\(out.rows), \(out.columns)), \(depth) deep")
  product(
    Left(start: x.start, row: x.stride, step: 1), Right(start: w.start, stride: w.stride, depth: depth), out, finish)
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
      Left(start: x.start + first * x.stride, row: 1, step: x.stride),
      Right(start: dy.start + first * dy.stride, stride: dy.stride, depth: depth), out, finish)
    finish = .adding(out)
  }
}

// MARK: Tiles

/// The left factor of a product: element (m, k) is at `start[m · row + k · step]`.
private struct Left {
  let start: Floats
  let row: Int
  let step: Int
}

/// The right factor: row k, of `depth`, begins at `start[k · stride]`.
private struct Right {
  let start: Floats
  let stride: Int
  let depth: Int
}

/// A column of tiles in a product: where the first begins, and how many there are.
private struct Place {
  let out: Matrix
  let row: Int
  let column: Int
  let tiles: Int
  let finish: Finish

  /// The tiles' beginning in `matrix`, which is out or of its shape.
  @inline(__always)
  func start(in matrix: Matrix) -> Floats { matrix.start + row * matrix.stride + column }
}

/// out (m, n) = Σₖ a (m, k) · b (k, n), each sum in one register from its first term to its last, whatever the tiling.
///
/// Rows go by blocks that the second cache holds while all columns pass; within a block, columns go by panels that the first holds.
private func product(_ a: Left, _ b: Right, _ out: Matrix, _ finish: Finish) {
  let blocks = (out.rows + 143) / 144
  var row = 0
  for block in 0..<blocks {
    let count = (out.rows - row + blocks - block - 1) / (blocks - block)
    productOfRows(row..<row + count, a, b, out, finish)
    row += count
  }
}

private func productOfRows(_ rows: Range<Int>, _ a: Left, _ b: Right, _ out: Matrix, _ finish: Finish) {
  let widest = Registers.widestTile(rows: rows.count)
  let panels = (out.vectors + widest - 1) / widest
  var vector = 0
  for panel in 0..<panels {
    let width = (out.vectors - vector + panels - panel - 1) / (panels - panel)
    let b = Right(start: b.start + 16 * vector, stride: b.stride, depth: b.depth)
    // The fewest tiles that cover the rows, some of them one row lower than the others.
    let highest = Registers.highestTile(width)
    let tiles = (rows.count + highest - 1) / highest
    let height = (rows.count + tiles - 1) / tiles
    let lower = tiles * height - rows.count
    column(
      height, width, Left(start: a.start + rows.lowerBound * a.row, row: a.row, step: a.step), b,
      Place(out: out, row: rows.lowerBound, column: 16 * vector, tiles: tiles - lower, finish: finish))
    if lower > 0 {
      let row = rows.upperBound - lower * (height - 1)
      column(
        height - 1, width, Left(start: a.start + row * a.row, row: a.row, step: a.step), b,
        Place(out: out, row: row, column: 16 * vector, tiles: lower, finish: finish))
    }
    vector += width
  }
}

/// The product of `Height` rows and `Width` vectors of columns, held in registers; and of the rows below, as many times as there are tiles.
private enum Tile<let Height: Int, let Width: Int> {
  @inline(never)
  static func multiply(_ a: Left, _ b: Right, _ place: Place) {
    let stride = place.out.stride
    var out = place.start(in: place.out)
    var a = a
    var (other, otherStride) = (out, stride)
    switch place.finish {
    case .store, .rectify, .rectifyAndSquare: break
    case .adding(let matrix), .gate(let matrix), .gateBySquare(let matrix):
      (other, otherStride) = (place.start(in: matrix), matrix.stride)
    }
    for _ in 0..<place.tiles {
      var sums = InlineArray<Height, InlineArray<Width, Vector>> { _ in InlineArray { _ in Vector(0) } }
      if case .adding = place.finish {
        for row in 0..<Height {
          for column in 0..<Width { sums[row][column] = other[vector: row * otherStride + 16 * column] }
        }
      }
      for k in 0..<b.depth {
        var factors = InlineArray<Width, Vector> { _ in Vector(0) }
        for column in 0..<Width { factors[column] = b.start[vector: k * b.stride + 16 * column] }
        for row in 0..<Height {
          let factor = Vector(a.start[row * a.row + k * a.step])
          for column in 0..<Width { sums[row][column] = sums[row][column].addingProduct(factor, factors[column]) }
        }
      }
      switch place.finish {
      case .store, .adding: break
      case .rectify:
        for row in 0..<Height {
          for column in 0..<Width { sums[row][column] = Vector(0).larger(sums[row][column]) }
        }
      case .rectifyAndSquare:
        for row in 0..<Height {
          for column in 0..<Width {
            let rectified = Vector(0).larger(sums[row][column])
            sums[row][column] = rectified * rectified
          }
        }
      case .gateBySquare:
        for row in 0..<Height {
          for column in 0..<Width {
            let root = other[vector: row * otherStride + 16 * column].squareRoot()
            sums[row][column] *= root + root
          }
        }
      case .gate:
        for row in 0..<Height {
          for column in 0..<Width {
            let open = other[vector: row * otherStride + 16 * column] .> Vector(0)
            sums[row][column] = Vector(0).replacing(with: sums[row][column], where: open)
          }
        }
      }
      for row in 0..<Height {
        for column in 0..<Width { out[vector: row * stride + 16 * column] = sums[row][column] }
      }
      a = Left(start: a.start + Height * a.row, row: a.row, step: a.step)
      out += Height * stride
      other += Height * otherStride
    }
  }
}

/// One register tile for every shape that `Registers` may choose.
private func column(_ height: Int, _ width: Int, _ a: Left, _ b: Right, _ place: Place) {
  switch width {
  case 1:
    switch height {
    case 1: Tile<1, 1>.multiply(a, b, place)
    case 2: Tile<2, 1>.multiply(a, b, place)
    case 3: Tile<3, 1>.multiply(a, b, place)
    case 4: Tile<4, 1>.multiply(a, b, place)
    case 5: Tile<5, 1>.multiply(a, b, place)
    case 6: Tile<6, 1>.multiply(a, b, place)
    case 7: Tile<7, 1>.multiply(a, b, place)
    case 8: Tile<8, 1>.multiply(a, b, place)
    case 9: Tile<9, 1>.multiply(a, b, place)
    case 10: Tile<10, 1>.multiply(a, b, place)
    case 11: Tile<11, 1>.multiply(a, b, place)
    case 12: Tile<12, 1>.multiply(a, b, place)
    case 13: Tile<13, 1>.multiply(a, b, place)
    default: Tile<14, 1>.multiply(a, b, place)
    }
  case 2:
    switch height {
    case 1: Tile<1, 2>.multiply(a, b, place)
    case 2: Tile<2, 2>.multiply(a, b, place)
    case 3: Tile<3, 2>.multiply(a, b, place)
    case 4: Tile<4, 2>.multiply(a, b, place)
    case 5: Tile<5, 2>.multiply(a, b, place)
    case 6: Tile<6, 2>.multiply(a, b, place)
    case 7: Tile<7, 2>.multiply(a, b, place)
    case 8: Tile<8, 2>.multiply(a, b, place)
    case 9: Tile<9, 2>.multiply(a, b, place)
    case 10: Tile<10, 2>.multiply(a, b, place)
    case 11: Tile<11, 2>.multiply(a, b, place)
    default: Tile<12, 2>.multiply(a, b, place)
    }
  case 3:
    switch height {
    case 1: Tile<1, 3>.multiply(a, b, place)
    case 2: Tile<2, 3>.multiply(a, b, place)
    case 3: Tile<3, 3>.multiply(a, b, place)
    case 4: Tile<4, 3>.multiply(a, b, place)
    case 5: Tile<5, 3>.multiply(a, b, place)
    case 6: Tile<6, 3>.multiply(a, b, place)
    case 7: Tile<7, 3>.multiply(a, b, place)
    default: Tile<8, 3>.multiply(a, b, place)
    }
  default:
    switch height {
    case 1: Tile<1, 4>.multiply(a, b, place)
    case 2: Tile<2, 4>.multiply(a, b, place)
    case 3: Tile<3, 4>.multiply(a, b, place)
    case 4: Tile<4, 4>.multiply(a, b, place)
    case 5: Tile<5, 4>.multiply(a, b, place)
    default: Tile<6, 4>.multiply(a, b, place)
    }
  }
}
