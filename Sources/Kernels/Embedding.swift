/// out (T, C) = the tokens' rows + the rows of the positions from 0 on, for one sequence.
public func embed(_ tokens: Span<Int32>, tokenRows: Matrix, positionRows: Matrix, into out: Matrix) {
  precondition(tokens.count == out.rows && out.rows <= positionRows.rows)
  for row in 0..<out.rows {
    let token = tokenRows.start + Int(tokens[row]) * tokenRows.stride
    let position = positionRows.start + row * positionRows.stride
    for vector in 0..<out.vectors {
      out.start[vector: row * out.stride + 16 * vector] = token[vector: 16 * vector] + position[vector: 16 * vector]
    }
  }
}

/// out (R, C) = the tokens' rows + the rows of their positions, each row of whichever sequence.
public func embed(
  _ tokens: Span<Int32>, at positions: Span<Int32>, tokenRows: Matrix, positionRows: Matrix, into out: Matrix
) {
  precondition(tokens.count == out.rows && positions.count == out.rows)
  for row in 0..<out.rows {
    let (token, position) = (Int(tokens[row]), Int(positions[row]))
    precondition(
      token >= 0 && token < tokenRows.rows && position >= 0 && position < positionRows.rows,
      "token \(token) at position \(position)")
    let tokenRow = tokenRows.start + token * tokenRows.stride
    let positionRow = positionRows.start + position * positionRows.stride
    for vector in 0..<out.vectors {
      out.start[vector: row * out.stride + 16 * vector] =
        tokenRow[vector: 16 * vector] + positionRow[vector: 16 * vector]
    }
  }
}

/// dtokenRows[token] += dout and dpositionRows[position] += dout: `embed`'s derivatives, summed in the order of the rows.
///
/// Only rows of the two within `ownedTokens` and `ownedPositions` are touched, so that threads can share the work and no row.
public func embedBackward(
  _ dout: Matrix, _ tokens: Span<Int32>, dtokenRows: Matrix, ownedTokens: Range<Int>, dpositionRows: Matrix,
  ownedPositions: Range<Int>
) {
  precondition(
    tokens.count == dout.rows && ownedTokens.upperBound <= dtokenRows.rows
      && ownedPositions.upperBound <= dpositionRows.rows)
  for row in 0..<dout.rows {
    let slope = dout.start + row * dout.stride
    // out = token + position
    if ownedTokens.contains(Int(tokens[row])) {
      add(slope, to: dtokenRows.start + Int(tokens[row]) * dtokenRows.stride, columns: dout.columns)
    }
    if ownedPositions.contains(row) {
      add(slope, to: dpositionRows.start + row * dpositionRows.stride, columns: dout.columns)
    }
  }
}

@inline(__always)
private func add(_ row: Floats, to target: Floats, columns: Int) {
  for vector in 0..<columns / 16 { target[vector: 16 * vector] += row[vector: 16 * vector] }
}
