/// Turns up to sixteen rows of scores into exponentials, in place, and returns what softmax needs of them.
///
/// Row `lane` has `valid + growth · lane` scores (all of them for a vocabulary, one more each row under a causal mask); what follows
/// them becomes zero. exp(score · scale − maximum) is what is left; dividing by `sums` makes probabilities.
@inline(__always)
func exponentials(
  _ scores: Floats, stride: Int, rows: Int, vectors: Int, valid: Int, growth: Int, scale: Float
) -> (maxima: Vector, sums: Vector) {
  var tops = Sixteen(repeating: Vector(-.infinity))
  for lane in 0..<rows {
    let row = scores + lane * stride
    let valid = valid + growth * lane
    var top = Vector(-.infinity)
    for column in Swift.stride(from: 0, to: valid & ~15, by: 16) { top = top.larger(row[vector: column]) }
    if valid & 15 != 0 {
      let column = valid & ~15
      let known = Vector.laneNumbers .< Vector(Float(valid & 15))
      top = top.larger(Vector(-.infinity).replacing(with: row[vector: column], where: known))
    }
    tops[lane] = top
  }
  let maxima = Maximum.lanes(tops) * Vector(scale)
  var totals = Sixteen(repeating: Vector(0))
  for lane in 0..<rows {
    let row = scores + lane * stride
    let valid = valid + growth * lane
    let base = Vector(-maxima[lane])
    var total = Vector(0)
    for column in Swift.stride(from: 0, to: valid & ~15, by: 16) {
      let power = exponential(base.addingProduct(row[vector: column], Vector(scale)))
      row[vector: column] = power
      total += power
    }
    if valid & 15 != 0 {
      let column = valid & ~15
      let known = Vector.laneNumbers .< Vector(Float(valid & 15))
      let power = exponential(base.addingProduct(row[vector: column], Vector(scale)))
      row[vector: column] = Vector(0).replacing(with: power, where: known)
      total += row[vector: column]
    }
    for column in Swift.stride(from: wholeVectors(valid), to: 16 * vectors, by: 16) { row[vector: column] = Vector(0) }
    totals[lane] = total
  }
  return (maxima, Sum.lanes(totals))
}

/// losses (R) = −log softmax(logits (R, V))[target], and in place of the logits their gradient,
/// weight · (softmax − 1 at the target), each row's target found by its index.
public func crossEntropy(
  _ logits: Matrix, vocabulary: Int, targets: Span<Int32>, weights: Span<Float>, losses: Lanes
) {
  precondition(
    targets.count == logits.rows && weights.count == logits.rows && losses.count == logits.rows
      && vocabulary <= logits.columns)
  for first in stride(from: 0, to: logits.rows, by: 16) {
    let count = min(16, logits.rows - first)
    let rows = logits.start + first * logits.stride
    var chosen = Vector(0)
    for lane in 0..<count { chosen[lane] = rows[lane * logits.stride + Int(targets[first + lane])] }
    let (maxima, sums) = exponentials(
      rows, stride: logits.stride, rows: count, vectors: logits.vectors, valid: vocabulary, growth: 0, scale: 1)
    let loss = logarithm(Vector(1).replacing(with: sums, where: sums .> Vector(0))) + maxima - chosen
    let shares = Vector(1) / sums
    for lane in 0..<count {
      let row = rows + lane * logits.stride
      let weight = weights[first + lane]
      losses.start[first + lane] = loss[lane]
      let share = Vector(weight * shares[lane])
      for column in stride(from: 0, to: logits.columns, by: 16) { row[vector: column] *= share }
      row[Int(targets[first + lane])] -= weight
    }
  }
}

/// Σ weights · losses.
public func weightedSum(_ losses: Lanes, _ weights: Span<Float>) -> Float {
  precondition(losses.count == weights.count)
  var sums = Vector(0)
  for row in 0..<losses.count { sums[row & 15] += weights[row] * losses.start[row] }
  return sums.total
}
