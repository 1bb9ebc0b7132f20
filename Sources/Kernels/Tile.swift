/// The left factor of a product. Element (m, k) is at `start[m · stride + k]`, or at `start[m + k · stride]` if the
/// factor is transposed.
struct Operand {
  let start: Floats
  let stride: Int
  let isTransposed: Bool

  /// The rows from `row` on.
  func from(_ row: Int) -> Operand {
    Operand(start: start + (isTransposed ? row : row * stride), stride: stride, isTransposed: isTransposed)
  }
}

/// The destination of a tile, and the epilogue that is applied before its sums are written there.
struct Place {
  let matrix: Matrix
  let row: Int
  let column: Int
  let epilogue: Epilogue
  /// True if the destination is prefetched before the sums are computed.
  let isFar: Bool
}

/// The product of `Height` rows and `Width` vectors of columns, held in registers.
enum Tile<let Height: Int, let Width: Int> {
  typealias Sums = InlineArray<Height, InlineArray<Width, Vector>>

  @inline(__always)
  static func multiply(_ a: Operand, _ b: Floats, _ stride: Int, _ depth: Int, _ place: Place) {
    var sums = Sums { _ in InlineArray { _ in Vector(0) } }
    let out = place.matrix.start + place.row * place.matrix.stride + place.column
    let outStride = place.matrix.stride
    if place.isFar {
      for row in 0..<Height {
        for column in 0..<Width { (out + row * outStride + 16 * column).fetchToWrite() }
      }
    }
    if case .adding(let matrix) = place.epilogue {
      let base = matrix.start + place.row * matrix.stride + place.column
      for row in 0..<Height {
        for column in 0..<Width { sums[row][column] = base[vector: row * matrix.stride + 16 * column] }
      }
    }
    if a.isTransposed {
      add(a.start, row: 1, step: a.stride, b, stride, depth, to: &sums)
    } else {
      add(a.start, row: a.stride, step: 1, b, stride, depth, to: &sums)
    }
    switch place.epilogue {
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

  /// Adds `depth` terms to each sum.
  ///
  /// Several terms share the instructions that advance the pointers. With one term per iteration these would be a
  /// quarter of all instructions, and when two threads share a core, each gets only about three instructions per cycle.
  @inline(__always)
  private static func add(
    _ a: Floats, row: Int, step: Int, _ b: Floats, _ stride: Int, _ depth: Int, to sums: inout Sums
  ) {
    let terms = Registers.termsInTurn
    var (a, b) = (a, b)
    for _ in 0..<depth / terms {
      addTerm(a, row, b, to: &sums)
      addTerm(a + step, row, b + stride, to: &sums)
      if terms == 4 {
        addTerm(a + 2 * step, row, b + 2 * stride, to: &sums)
        addTerm(a + 3 * step, row, b + 3 * stride, to: &sums)
      }
      a = a + terms * step
      b = b + terms * stride
    }
    for _ in 0..<depth % terms {
      addTerm(a, row, b, to: &sums)
      a = a + step
      b = b + stride
    }
  }

  /// Adds one term to each sum: an element of its row, `row` floats after that of the row before, times one of its
  /// column.
  @inline(__always)
  private static func addTerm(_ a: Floats, _ row: Int, _ b: Floats, to sums: inout Sums) {
    let factors = InlineArray<Width, Vector> { b[vector: 16 * $0] }
    for index in 0..<Height {
      let factor = Vector(a[index * row])
      for column in 0..<Width { sums[index][column] = sums[index][column].addingProduct(factor, factors[column]) }
    }
  }
}

// MARK: One register tile for every shape: up to 28 of 32 registers hold sums

/// The product of `height` rows and `width` vectors of columns, by the tile of that shape.
@inline(__always)
func multiplyTile(
  height: Int, width: Int, _ a: Operand, _ b: Floats, _ stride: Int, _ depth: Int, _ place: Place
) {
  switch width {
  case 1: oneWide(height, a, b, stride, depth, place)
  case 2: twoWide(height, a, b, stride, depth, place)
  case 3: threeWide(height, a, b, stride, depth, place)
  default: fourWide(height, a, b, stride, depth, place)
  }
}

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
  default: Tile<10, 2>.multiply(a, b, stride, depth, place)
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
  default: Tile<7, 3>.multiply(a, b, stride, depth, place)
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
