/// One vector for each of sixteen rows.
typealias RowBlock = InlineArray<16, Vector>

/// One number for each of sixteen rows: the lanes of a vector, to be read one by one.
///
/// A number that an inner loop needs is read before it: a read in the loop stores the whole vector each time.
struct RowScalars {
  private let numbers: InlineArray<16, Float>

  @inline(__always)
  init(_ vector: Vector) { numbers = unsafeBitCast(vector, to: InlineArray<16, Float>.self) }

  @inline(__always)
  subscript(lane: Int) -> Float { numbers[lane] }
}
