/// out (T, C) = tokenRows[token] + positionRows[position], for one sequence with positions from 0 on.
package func embed(_ tokens: Span<Int32>, tokenRows: Matrix, positionRows: Matrix, into out: Matrix) {
  precondition(tokens.count == out.rows && out.rows <= positionRows.rows)
  for row in 0..<out.rows {
    let token = tokenRows.start + Int(tokens[row]) * tokenRows.stride
    let position = positionRows.start + row * positionRows.stride
    for vector in 0..<out.vectors {
      out.start[vector: row * out.stride + 16 * vector] = token[vector: 16 * vector] + position[vector: 16 * vector]
    }
  }
}

/// out (R, C) = tokenRows[token] + positionRows[position], for rows of any sequences.
package func embed(
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

/// out (R, C) = tokenRows[token], without embeddings of positions.
package func embed(_ tokens: Span<Int32>, tokenRows: Matrix, into out: Matrix) {
  precondition(tokens.count == out.rows)
  for row in 0..<out.rows {
    precondition(tokens[row] >= 0 && Int(tokens[row]) < tokenRows.rows, "token \(tokens[row])")
    let token = tokenRows.start + Int(tokens[row]) * tokenRows.stride
    for vector in 0..<out.vectors { out.start[vector: row * out.stride + 16 * vector] = token[vector: 16 * vector] }
  }
}

/// out (R, C) += table[found], with one index per row; −1 adds nothing.
package func addRows(_ found: Span<Int32>, of table: Matrix, to out: Matrix) {
  precondition(found.count == out.rows && table.columns == out.columns)
  for row in 0..<out.rows where found[row] >= 0 { add(table, Int(found[row]), to: out, row) }
}

/// x (R, C) = x without the elements of which `dropped` has the bits, sixteen to a word, row by row.
package func dropElements(_ dropped: Span<UInt16>, of x: Matrix) {
  precondition(dropped.count == x.rows * x.vectors)
  let bits = SIMD16<UInt32>(repeating: 1) &<< SIMD16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
  for row in 0..<x.rows {
    let elements = x.start + row * x.stride
    for vector in 0..<x.vectors {
      let isDropped = SIMD16(repeating: UInt32(dropped[row * x.vectors + vector])) & bits .!= SIMD16(repeating: 0)
      elements[vector: 16 * vector] = elements[vector: 16 * vector].replacing(with: Vector(0), where: isDropped)
    }
  }
}

/// dtokenRows[token] += dout, for the rows of `owned` in their order: the gradient of `embed` by the token embeddings,
/// and of `addRows` by its table.
package func embedBackward(_ dout: Matrix, tokens: Span<Int32>, into dtokenRows: Matrix, owned: Range<Int>) {
  precondition(tokens.count == dout.rows && owned.upperBound <= dtokenRows.rows)
  for row in 0..<dout.rows where owned.contains(Int(tokens[row])) {
    // out = token + position
    add(dout, row, to: dtokenRows, Int(tokens[row]))
  }
}

/// dpositionRows[position] += dout, for the rows of `owned` of one sequence: the gradient of `embed` by the position
/// embeddings.
package func embedBackward(_ dout: Matrix, into dpositionRows: Matrix, owned: Range<Int>) {
  precondition(owned.upperBound <= dpositionRows.rows)
  for row in owned.clamped(to: 0..<dout.rows) {
    // out = token + position
    add(dout, row, to: dpositionRows, row)
  }
}

@inline(__always)
private func add(_ source: Matrix, _ row: Int, to target: Matrix, _ targetRow: Int) {
  let terms = source.start + row * source.stride
  let sums = target.start + targetRow * target.stride
  for vector in 0..<source.vectors { sums[vector: 16 * vector] += terms[vector: 16 * vector] }
}
