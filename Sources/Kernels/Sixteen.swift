/// One vector for each of sixteen rows.
typealias Sixteen = InlineArray<16, Vector>

/// One number for each of sixteen rows: the lanes of a vector, to be read one by one.
struct EachLane {
  private let numbers: InlineArray<16, Float>

  @inline(__always)
  init(_ vector: Vector) { numbers = unsafeBitCast(vector, to: InlineArray<16, Float>.self) }

  @inline(__always)
  subscript(lane: Int) -> Float { numbers[lane] }
}
