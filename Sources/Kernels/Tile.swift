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

/// The destination of a tile, the epilogue that is applied before its sums are written there, and what the tile
/// prefetches.
struct Place {
  let matrix: Matrix
  let row: Int
  let column: Int
  let epilogue: Epilogue
  /// True if the tile prefetches its rows of the destination and of the epilogue's matrix, and part of the next panel.
  let prefetches: Bool
  /// The part of the next panel that the tile prefetches: `nextPanelRows` rows for each of its own.
  let nextPanel: Floats
  let nextPanelRows: Int

  /// Prefetches for all rows of a tile of `width` vectors; `stride` is that of the panels.
  @inline(never)
  func prefetch(rows: Int, width: Int, _ stride: Int) {
    for row in 0..<rows { prefetch(row: row, width: width, stride) }
  }

  /// Prefetches one row of the destination and of what the epilogue reads, and the rows of the next panel that go with
  /// it.
  @inline(__always)
  func prefetch(row: Int, width: Int, _ stride: Int) {
    let destination = matrix.start + (self.row + row) * matrix.stride + column
    for vector in 0..<width { (destination + 16 * vector).fetchToWrite() }
    if case .gate(let matrix) = epilogue {
      let gate = matrix.start + (self.row + row) * matrix.stride + column
      for vector in 0..<width { (gate + 16 * vector).fetch() }
    }
    for index in 0..<nextPanelRows {
      let next = nextPanel + (row * nextPanelRows + index) * stride
      for vector in 0..<width { (next + 16 * vector).fetch() }
    }
  }
}

/// The product of `Height` rows and `Width` vectors of columns, held in registers.
enum Tile<let Height: Int, let Width: Int> {
  typealias Sums = InlineArray<Height, InlineArray<Width, Vector>>

  /// Computes the tile. The widest tiles of AVX-512 take long enough to spread their prefetches over the sum; the code
  /// for that is a function of its own, so that the sums of either function stay in registers.
  @inline(__always)
  static func multiply(_ a: Operand, _ b: Floats, _ stride: Int, _ depth: Int, _ place: Place) {
    if Registers.holdsWholeVectors && Width == 4 && place.prefetches {
      multiplySpreadingPrefetches(a, b, stride, depth, place)
    } else {
      multiplyPrefetchingFirst(a, b, stride, depth, place)
    }
  }

  @inline(never)
  private static func multiplySpreadingPrefetches(
    _ a: Operand, _ b: Floats, _ stride: Int, _ depth: Int, _ place: Place
  ) {
    multiply(a, b, stride, depth, place, spreadsPrefetches: true)
  }

  @inline(never)
  private static func multiplyPrefetchingFirst(
    _ a: Operand, _ b: Floats, _ stride: Int, _ depth: Int, _ place: Place
  ) {
    if place.prefetches { place.prefetch(rows: Height, width: Width, stride) }
    multiply(a, b, stride, depth, place, spreadsPrefetches: false)
  }

  @inline(__always)
  private static func multiply(
    _ a: Operand, _ b: Floats, _ stride: Int, _ depth: Int, _ place: Place, spreadsPrefetches: Bool
  ) {
    var sums = Sums { _ in InlineArray { _ in Vector(0) } }
    let out = place.matrix.start + place.row * place.matrix.stride + place.column
    let outStride = place.matrix.stride
    if case .adding(let matrix) = place.epilogue {
      let base = matrix.start + place.row * matrix.stride + place.column
      for row in 0..<Height {
        for column in 0..<Width { sums[row][column] = base[vector: row * matrix.stride + 16 * column] }
      }
    }
    let prefetching = spreadsPrefetches ? place : nil
    if a.isTransposed {
      add(a.start, row: 1, step: a.stride, b, stride, depth, prefetching, to: &sums)
    } else {
      add(a.start, row: a.stride, step: 1, b, stride, depth, prefetching, to: &sums)
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

  /// Adds `depth` terms to each sum. Given a place, prefetches for one row of the tile after the other in between, and
  /// the next elements of a transposed left factor.
  ///
  /// Several terms share the instructions that advance the pointers. With one term per iteration these would be a
  /// quarter of all instructions, and when two threads share a core, each gets only about three instructions per cycle.
  @inline(__always)
  private static func add(
    _ a: Floats, row: Int, step: Int, _ b: Floats, _ stride: Int, _ depth: Int, _ prefetching: Place?,
    to sums: inout Sums
  ) {
    let terms = Registers.unrollFactor
    var (a, b) = (a, b)
    var left = depth / terms
    var prefetchedRows = 0
    // One loop over the terms, not one with and one without prefetches: two would spill the sums.
    while true {
      var turns = left
      if let prefetching, prefetchedRows < Height {
        turns = depth / terms / (Height + 1)
        prefetching.prefetch(row: prefetchedRows, width: Width, stride)
      }
      for _ in 0..<turns {
        if prefetching != nil && row == 1 {
          (a + 16).fetch()
          (a + step + 16).fetch()
        }
        addTerm(a, row, b, to: &sums)
        addTerm(a + step, row, b + stride, to: &sums)
        if terms == 4 {
          addTerm(a + 2 * step, row, b + 2 * stride, to: &sums)
          addTerm(a + 3 * step, row, b + 3 * stride, to: &sums)
        }
        a = a + terms * step
        b = b + terms * stride
      }
      if prefetching == nil || prefetchedRows == Height { break }
      left -= turns
      prefetchedRows += 1
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
  guard Registers.holdsWholeVectors else { return smallTile(height, width, a, b, stride, depth, place) }
  switch width {
  case 1: oneWide(height, a, b, stride, depth, place)
  case 2: twoWide(height, a, b, stride, depth, place)
  case 3: threeWide(height, a, b, stride, depth, place)
  default: fourWide(height, a, b, stride, depth, place)
  }
}

/// The tiles of processors whose registers hold parts of vectors; see `Registers.highestTile`.
private func smallTile(
  _ height: Int, _ width: Int, _ a: Operand, _ b: Floats, _ stride: Int, _ depth: Int, _ place: Place
) {
  switch (width, height) {
  case (1, 1): Tile<1, 1>.multiply(a, b, stride, depth, place)
  case (1, 2): Tile<2, 1>.multiply(a, b, stride, depth, place)
  // These two are known when the code is compiled, so that the larger tiles are left out.
  case (1, _) where Registers.holdFourVectors: Tile<3, 1>.multiply(a, b, stride, depth, place)
  case (_, _) where Registers.holdFourVectors: Tile<1, 2>.multiply(a, b, stride, depth, place)
  case (1, 3): Tile<3, 1>.multiply(a, b, stride, depth, place)
  case (1, 4): Tile<4, 1>.multiply(a, b, stride, depth, place)
  case (1, 5): Tile<5, 1>.multiply(a, b, stride, depth, place)
  case (1, _): Tile<6, 1>.multiply(a, b, stride, depth, place)
  case (2, 1): Tile<1, 2>.multiply(a, b, stride, depth, place)
  case (2, _): Tile<2, 2>.multiply(a, b, stride, depth, place)
  case (3, _): Tile<1, 3>.multiply(a, b, stride, depth, place)
  default: Tile<1, 4>.multiply(a, b, stride, depth, place)
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
