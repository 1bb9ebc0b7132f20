/// The sum of the squares of all elements.
package func squares(_ matrix: Matrix) -> Float {
  precondition(matrix.isWhole && matrix.floats.isMultiple(of: 64), "squares are summed by four vectors")
  var (a, b, c, d) = (Vector(0), Vector(0), Vector(0), Vector(0))
  var offset = 0
  while offset < matrix.floats {
    let start = matrix.start + offset
    a = a.addingProduct(start[vector: 0], start[vector: 0])
    b = b.addingProduct(start[vector: 16], start[vector: 16])
    c = c.addingProduct(start[vector: 32], start[vector: 32])
    d = d.addingProduct(start[vector: 48], start[vector: 48])
    offset += 64
  }
  return ((a + b) + (c + d)).total
}

/// sums += terms, for whole rows of matrices of one shape.
package func add(_ terms: Matrix, to sums: Matrix) {
  precondition(terms.isWhole && sums.isWhole && terms.floats == sums.floats, "sums need matrices of one shape")
  for offset in stride(from: 0, to: terms.floats, by: 16) {
    sums.start[vector: offset] += terms.start[vector: offset]
  }
}
