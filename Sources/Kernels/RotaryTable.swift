/// The rotations of rotary positions: for each position, the cosine and the sine of the angle of each pair of lanes.
///
/// In memory the elements of a pair are neighbors (see `AttentionShape.rotaryColumn`), so that a rotation exchanges
/// neighboring lanes of a vector. The table has the lanes of one head, or of the heads that share a vector.
package final class RotaryTable: Sendable {
  let cosines: Matrix
  /// The sine of a pair's angle, negated in the pair's first lane.
  let sines: Matrix
  private let buffers: [FloatBuffer]

  /// Creates the table for `positions` positions. `rotation` returns the cosine and the sine of a pair's angle.
  package init(
    _ shape: AttentionShape, positions: Int,
    _ rotation: (_ position: Int, _ pair: Int) -> (cosine: Float, sine: Float)
  ) {
    let columns = wholeVectors(shape.lanes)
    buffers = (0..<2).map { _ in FloatBuffer(count: positions * rowStride(columns)) }
    cosines = buffers[0].matrix(rows: positions, columns: columns)
    sines = buffers[1].matrix(rows: positions, columns: columns)
    for position in 0..<positions {
      for pair in 0..<shape.headSize / 2 {
        let (cosine, sine) = rotation(position, pair)
        for head in stride(from: 0, to: columns, by: shape.lanes) {
          let column = head + 2 * pair
          (cosines[position, column], cosines[position, column + 1]) = (cosine, cosine)
          (sines[position, column], sines[position, column + 1]) = (-sine, sine)
        }
      }
    }
  }
}

/// Rotates the queries and keys of one sequence, in place, by the angles of positions 0, 1, 2 …
package func rotate(_ queriesKeys: Matrix, by table: RotaryTable) {
  precondition(queriesKeys.rows <= table.cosines.rows, "\(queriesKeys.rows) positions of \(table.cosines.rows)")
  for row in 0..<queriesKeys.rows { rotate(queriesKeys, row, table, row, direction: 1) }
}

/// Rotates the rows of any sequences in the same way, each by the angles of its position.
package func rotate(_ queriesKeys: Matrix, at positions: Span<Int32>, by table: RotaryTable) {
  precondition(positions.count == queriesKeys.rows)
  for row in 0..<queriesKeys.rows {
    let position = Int(positions[row])
    precondition(position >= 0 && position < table.cosines.rows, "position \(position) of \(table.cosines.rows)")
    rotate(queriesKeys, row, table, position, direction: 1)
  }
}

/// dx = the gradient by the unrotated queries and keys of one sequence, in place of that by the rotated ones: a
/// rotation by the opposite angles.
package func rotateBackward(_ dqueriesKeys: Matrix, by table: RotaryTable) {
  precondition(dqueriesKeys.rows <= table.cosines.rows, "\(dqueriesKeys.rows) positions of \(table.cosines.rows)")
  for row in 0..<dqueriesKeys.rows { rotate(dqueriesKeys, row, table, row, direction: -1) }
}

/// (a, b) becomes (a · cos − b · sin, b · cos + a · sin) for each pair of a row. The direction is 1 or −1, the sign of
/// the sine.
@inline(__always)
private func rotate(_ matrix: Matrix, _ row: Int, _ table: RotaryTable, _ position: Int, direction: Float) {
  let numbers = matrix.start + row * matrix.stride
  let cosines = table.cosines.start + position * table.cosines.stride
  let sines = table.sines.start + position * table.sines.stride
  let period = table.cosines.vectors
  for head in stride(from: 0, to: matrix.vectors, by: period) {
    for vector in 0..<period {
      let x = numbers[vector: 16 * (head + vector)]
      var exchanged = Vector()
      (exchanged.evenHalf, exchanged.oddHalf) = (x.oddHalf, x.evenHalf)
      numbers[vector: 16 * (head + vector)] =
        (x * cosines[vector: 16 * vector])
        .addingProduct(exchanged, sines[vector: 16 * vector] * Vector(direction))
    }
  }
}
