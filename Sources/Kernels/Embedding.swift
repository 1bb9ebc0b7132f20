/// out (R, C) = tokens' rows + positions' rows.
public func embed(
  _ tokens: Span<Int32>, _ positions: Span<Int32>, tokenRows: Matrix, positionRows: Matrix, into out: Matrix
) {
  precondition(tokens.count == out.rows && positions.count == out.rows)
  for row in 0..<out.rows {
    let token = tokenRows.start + Int(tokens[row]) * tokenRows.stride
    let position = positionRows.start + Int(positions[row]) * positionRows.stride
    for column in stride(from: 0, to: out.columns, by: 16) {
      out.start[vector: row * out.stride + column] = token[vector: column] + position[vector: column]
    }
  }
}

/// slopes[index] += dout: the derivative of row `index` by what it was gathered from, summed in the order of the rows.
///
/// Only rows whose index lies in `owned` are summed, so that several threads can share the work without sharing a row.
public func scatter(_ dout: Matrix, _ indices: Span<Int32>, into slopes: Matrix, owned: Range<Int>) {
  precondition(indices.count == dout.rows && owned.lowerBound >= 0 && owned.upperBound <= slopes.rows)
  for row in 0..<dout.rows where owned.contains(Int(indices[row])) {
    let target = slopes.start + Int(indices[row]) * slopes.stride
    for column in stride(from: 0, to: dout.columns, by: 16) {
      target[vector: column] += dout.start[vector: row * dout.stride + column]
    }
  }
}
