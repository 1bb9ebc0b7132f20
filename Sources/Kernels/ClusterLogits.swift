/// target (R, C) = source (R, C).
package func copy(_ source: Matrix, to target: Matrix) {
  precondition(
    source.rows == target.rows && source.columns == target.columns,
    "(\(source.rows), \(source.columns)) to (\(target.rows), \(target.columns))")
  for row in 0..<source.rows {
    for column in stride(from: 0, to: source.columns, by: 16) {
      target.start[vector: row * target.stride + column] = source.start[vector: row * source.stride + column]
    }
  }
}

/// Replaces the logits (N, R) within a cluster, one token per row, by the logits of the tokens: that of the cluster
/// (1, R) plus ln softmax of those within it.
package func addLogShares(of logits: Matrix, to cluster: Matrix) {
  precondition(cluster.rows == 1 && cluster.columns == logits.columns, "\(cluster.rows) rows of a cluster's logits")
  for first in stride(from: 0, to: logits.columns, by: 16) {
    let column = logits.start + first
    let largest = largest(logits, first)
    var total = Vector(0)
    for row in 0..<logits.rows { total += exponential(column[vector: row * logits.stride] - largest) }
    let base = cluster.start[vector: first] - (largest + logarithm(total))
    for row in 0..<logits.rows { column[vector: row * logits.stride] += base }
  }
}
