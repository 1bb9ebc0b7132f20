/// Attention for heads of whole vectors, by products of small matrices, for sixteen queries at a time.
enum WideAttention {
  static func forward(_ sequence: AttentionRows) {
    let rows = sequence.rows
    let lanes = sequence.shape.lanes
    let width = wholeVectors(rows)
    let keysAcross = Matrix(start: sequence.scratch, rows: lanes, columns: width, stride: width)
    for head in 0..<sequence.shape.heads {
      let columns = head * lanes..<(head + 1) * lanes
      let queries = sequence.queries[columns: columns]
      let values = sequence.values[columns: columns]
      transposeRows(sequence.keys[columns: columns], into: keysAcross)
      for block in blocks(of: 0..<rows) {
        // scores (16, S) = queries (16, lanes) · keysᵀ (lanes, S), for the S rows up to the last query of the block
        let seen = weights(sequence, head, block)
        multiply(queries[rows: block], keysAcross[columns: 0..<seen.columns], into: seen)
        softmax(seen, valid: block.lowerBound + 1, growth: 1, scale: sequence.shape.scale)
        multiply(seen, values, into: sequence.results[rows: block][columns: columns], depth: block.upperBound)
      }
    }
  }

  /// Keeps the scores' gradients of up to 128 queries until all of them are known. The gradients of sixteen keys are
  /// then one product, not one for every sixteen queries, and so are those of their values.
  static func backward(_ sequence: AttentionRows, _ dresults: Matrix, _ dqkv: Matrix) {
    let rows = sequence.rows
    let lanes = sequence.shape.lanes
    let width = wholeVectors(rows)
    let attended = sequence.shape.width
    let valuesAcross = Matrix(start: sequence.scratch, rows: lanes, columns: width, stride: width)
    let dseenMemory = sequence.scratch + 2 * lanes * width
    for head in 0..<sequence.shape.heads {
      let columns = head * lanes..<(head + 1) * lanes
      let dresults = dresults[columns: columns]
      let queries = sequence.queries[columns: columns]
      let keys = sequence.keys[columns: columns]
      let dqueries = dqkv[columns: 0..<attended][columns: columns]
      let dkeys = dqkv[columns: attended..<2 * attended][columns: columns]
      let dvalues = dqkv[columns: 2 * attended..<3 * attended][columns: columns]
      transposeRows(sequence.values[columns: columns], into: valuesAcross)
      for start in stride(from: 0, to: rows, by: 128) {
        let span = start..<min(start + 128, rows)
        let seen = weights(sequence, head, span)
        let dseen = Matrix(start: dseenMemory, rows: span.count, columns: seen.columns, stride: width)
        for block in blocks(of: span) {
          let inSpan = block.lowerBound - start..<block.upperBound - start
          let known = 0..<wholeVectors(block.upperBound)
          let (seen, dseen) = (seen[rows: inSpan][columns: known], dseen[rows: inSpan][columns: known])
          // result = seen · values
          multiply(dresults[rows: block], valuesAcross[columns: known], into: dseen)
          // seen = softmax(score · scale)
          softmaxBackward(dseen, seen, scale: sequence.shape.scale)
          // score = queries · keysᵀ
          multiply(dseen, keys, into: dqueries[rows: block], depth: block.upperBound)
        }
        for block in blocks(of: 0..<span.upperBound) {
          let first = max(block.lowerBound, start)
          let (inSpan, ofBlock) = (first - start..<span.count, block.lowerBound..<block.lowerBound + 16)
          func addProduct(_ factor: Matrix, _ other: Matrix, to sum: Matrix) {
            let sum = sum[rows: block]
            multiplyTransposed(
              factor[rows: inSpan][columns: ofBlock], other[rows: first..<span.upperBound], into: sum,
              block.lowerBound >= start ? .store : .adding(sum))
          }
          addProduct(seen, dresults, to: dvalues)
          addProduct(dseen, queries, to: dkeys)
        }
      }
    }
  }

  /// The rows `rows` in blocks of sixteen; the last may have fewer.
  private static func blocks(of rows: Range<Int>) -> some Sequence<Range<Int>> {
    stride(from: rows.lowerBound, to: rows.upperBound, by: 16).lazy.map { $0..<min($0 + 16, rows.upperBound) }
  }

  /// dscores = weights · (dweights − Σ weights · dweights) · scale, in place of dweights.
  private static func softmaxBackward(_ dweights: Matrix, _ weights: Matrix, scale: Float) {
    var products = RowBlock { _ in Vector(0) }
    for lane in 0..<weights.rows {
      let values = weights.start + lane * weights.stride
      let gradients = dweights.start + lane * dweights.stride
      var product = Vector(0)
      for vector in 0..<weights.vectors {
        product = product.addingProduct(values[vector: 16 * vector], gradients[vector: 16 * vector])
      }
      products[lane] = product
    }
    let sums = RowScalars(Sum.lanes(products))
    for lane in 0..<weights.rows {
      let values = weights.start + lane * weights.stride
      let gradients = dweights.start + lane * dweights.stride
      let sum = Vector(sums[lane])
      for vector in 0..<weights.vectors {
        gradients[vector: 16 * vector] =
          values[vector: 16 * vector] * Vector(scale) * (gradients[vector: 16 * vector] - sum)
      }
    }
  }

  /// Returns the stored attention weights (16, S) of the queries `block`, with the S rows up to its end padded to whole
  /// vectors.
  private static func weights(_ sequence: AttentionRows, _ head: Int, _ block: Range<Int>) -> Matrix {
    let width = wholeVectors(sequence.rows)
    return Matrix(
      start: sequence.weights + (head * sequence.rows + block.lowerBound) * width, rows: block.count,
      columns: wholeVectors(block.upperBound), stride: width)
  }

  /// across (lanes, T) = matrix (T, lanes)ᵀ, with zeros in the columns after T.
  private static func transposeRows(_ matrix: Matrix, into across: Matrix) {
    for first in stride(from: 0, to: matrix.rows, by: 16) {
      for vector in 0..<matrix.vectors {
        let target = across.start + 16 * vector * across.stride + first
        let source = matrix.start + first * matrix.stride + 16 * vector
        if matrix.rows - first >= 16 {
          transpose(source, stride: matrix.stride, to: target, stride: across.stride)
        } else {
          var rows = RowBlock { _ in Vector(0) }
          for row in 0..<matrix.rows - first { rows[row] = source[vector: row * matrix.stride] }
          withUnsafeMutablePointer(to: &rows) { rows in
            rows.withMemoryRebound(to: Float.self, capacity: 256) {
              transpose(Floats($0, count: 256), stride: 16, to: target, stride: across.stride)
            }
          }
        }
      }
    }
  }
}
