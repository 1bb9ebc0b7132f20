/// Sixteen floats: one register with AVX-512, two with AVX2, four with NEON, the same numbers with each.
package typealias Vector = SIMD16<Float>

extension SIMD16<Float> {
  @inline(__always)
  init(_ value: Float) { self.init(repeating: value) }

  static var laneNumbers: SIMD16<Float> { SIMD16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) }

  /// The larger of each pair of lanes (`pointwiseMax` would go lane by lane).
  @inline(__always)
  func larger(_ other: Self) -> Self { replacing(with: other, where: other .> self) }

  /// Zero in the lanes that are negative. NaN stays NaN.
  @inline(__always)
  var withoutNegatives: Self { replacing(with: SIMD16(0), where: self .< SIMD16(0)) }

  /// The sum of the lanes, added pairwise in a tree.
  @inline(__always)
  var total: Float {
    let eight = lowHalf + highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }
}

#if arch(wasm32)
  extension SIMD16<Float> {
    /// WebAssembly has no fused multiply-add. The one of the standard library would be a call for every lane.
    @inline(__always)
    func addingProduct(_ one: Self, _ other: Self) -> Self { self + one * other }

    @inline(__always)
    func addingProduct(_ one: Float, _ other: Self) -> Self { addingProduct(Self(one), other) }

    @inline(__always)
    func addingProduct(_ one: Self, _ other: Float) -> Self { addingProduct(one, Self(other)) }
  }
#endif

// MARK: Reductions of sixteen rows to the sixteen lanes of one vector

/// Exchanges of alternate units of 1, 2, 4 or 8 lanes between two vectors; together, the results hold every lane once.
///
/// With units of one lane, `a0 a1 a2 …` and `b0 b1 b2 …` become `a0 b0 a2 b2 …` and `a1 b1 a3 b3 …`: added, they are
/// sums over neighbours. Repeated with units of 2, 4 and 8 lanes, this adds up whole groups of lanes of several vectors
/// at once.
///
/// They are written with halves and never passed to closures, so that the compiler does not split the vectors.
enum Unit {
  typealias Pair = (Vector, Vector)

  @inline(__always)
  static func one(_ a: Vector, _ b: Vector) -> Pair {
    var even = Vector()
    var odd = Vector()
    (even.evenHalf, even.oddHalf) = (a.evenHalf, b.evenHalf)
    (odd.evenHalf, odd.oddHalf) = (a.oddHalf, b.oddHalf)
    return (even, odd)
  }

  @inline(__always)
  static func two(_ a: Vector, _ b: Vector) -> Pair {
    let a = unsafeBitCast(a, to: SIMD8<Double>.self)
    let b = unsafeBitCast(b, to: SIMD8<Double>.self)
    var even = SIMD8<Double>()
    var odd = SIMD8<Double>()
    (even.evenHalf, even.oddHalf) = (a.evenHalf, b.evenHalf)
    (odd.evenHalf, odd.oddHalf) = (a.oddHalf, b.oddHalf)
    return (unsafeBitCast(even, to: Vector.self), unsafeBitCast(odd, to: Vector.self))
  }

  @inline(__always)
  static func four(_ a: Vector, _ b: Vector) -> Pair {
    let (a0, a1, b0, b1) = (a.lowHalf, a.highHalf, b.lowHalf, b.highHalf)
    return (
      Vector(
        lowHalf: SIMD8(lowHalf: a0.lowHalf, highHalf: b0.lowHalf),
        highHalf: SIMD8(lowHalf: a1.lowHalf, highHalf: b1.lowHalf)),
      Vector(
        lowHalf: SIMD8(lowHalf: a0.highHalf, highHalf: b0.highHalf),
        highHalf: SIMD8(lowHalf: a1.highHalf, highHalf: b1.highHalf))
    )
  }

  @inline(__always)
  static func eight(_ a: Vector, _ b: Vector) -> Pair {
    (Vector(lowHalf: a.lowHalf, highHalf: b.lowHalf), Vector(lowHalf: a.highHalf, highHalf: b.highHalf))
  }
}

protocol Folding {
  static func combine(_ pair: Unit.Pair) -> Vector
}

enum Sum: Folding {
  @inline(__always)
  static func combine(_ pair: Unit.Pair) -> Vector { pair.0 + pair.1 }
}

enum Maximum: Folding {
  @inline(__always)
  static func combine(_ pair: Unit.Pair) -> Vector { pair.0.larger(pair.1) }
}

extension Folding {
  /// Returns a vector whose lane `row` is the sum, or the maximum, over the lanes of `rows[row]`.
  @inline(__always)
  static func lanes(_ rows: RowBlock) -> Vector { combine(Unit.eight(eight(rows, 0), eight(rows, 8))) }

  @inline(__always)
  private static func eight(_ rows: RowBlock, _ row: Int) -> Vector {
    combine(Unit.four(four(rows, row), four(rows, row + 4)))
  }

  @inline(__always)
  private static func four(_ rows: RowBlock, _ row: Int) -> Vector {
    combine(Unit.two(two(rows, row), two(rows, row + 2)))
  }

  @inline(__always)
  private static func two(_ rows: RowBlock, _ row: Int) -> Vector {
    combine(Unit.one(rows[row], rows[row + 1]))
  }
}

/// Writes the transpose of the 16 × 16 block at `source` to `target`.
@inline(__always)
func transpose(_ source: Floats, stride: Int, to target: Floats, stride targetStride: Int) {
  for first in Swift.stride(from: 0, to: 16, by: 4) {
    let rows = source + first * stride
    let (even01, odd01) = Unit.one(rows[vector: 0], rows[vector: stride])
    let (even23, odd23) = Unit.one(rows[vector: 2 * stride], rows[vector: 3 * stride])
    let (column0, column2) = Unit.two(even01, even23)
    let (column1, column3) = Unit.two(odd01, odd23)
    // Each quarter of these four vectors holds four rows of one column: quarter q of vector c, those of column 4q + c.
    scatter(column0, to: target + first, stride: 4 * targetStride)
    scatter(column1, to: target + first + targetStride, stride: 4 * targetStride)
    scatter(column2, to: target + first + 2 * targetStride, stride: 4 * targetStride)
    scatter(column3, to: target + first + 3 * targetStride, stride: 4 * targetStride)
  }
}

/// Writes the quarters of `vector` to four places `stride` floats apart.
@inline(__always)
private func scatter(_ vector: Vector, to target: Floats, stride: Int) {
  target[quarter: 0] = vector.lowHalf.lowHalf
  target[quarter: stride] = vector.lowHalf.highHalf
  target[quarter: 2 * stride] = vector.highHalf.lowHalf
  target[quarter: 3 * stride] = vector.highHalf.highHalf
}
