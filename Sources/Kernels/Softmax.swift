/// Turns up to sixteen rows of scores into exponentials, in place, and returns what softmax needs of them.
///
/// Row `lane` has `valid + growth · lane` scores (all of them for a vocabulary, one more each row under a causal mask); what follows
/// them becomes zero. exp(score · scale − maximum) is what is left; dividing by `sums` makes probabilities.
@inline(never)
func exponentials(
  _ scores: Floats, stride: Int, rows: Int, vectors: Int, valid: Int, growth: Int, scale: Float
) -> (maxima: Vector, sums: Vector) {
  let scale = Vector(scale)
  var tops = Sixteen { _ in Vector(-.infinity) }
  for lane in 0..<rows {
    let row = scores + lane * stride
    let valid = valid + growth * lane
    // What is no score becomes -∞, which is never the largest, and whose exponential is zero.
    if valid & 15 != 0 {
      let last = valid & ~15
      row[vector: last] = Vector(-.infinity).replacing(with: row[vector: last], where: lanes(below: valid & 15))
    }
    for vector in wholeVectors(valid) / 16..<vectors { row[vector: 16 * vector] = Vector(-.infinity) }
    var top = row[vector: 0]
    for vector in 1..<max(1, vectors) { top = top.larger(row[vector: 16 * vector]) }
    tops[lane] = top
  }
  let maxima = Maximum.lanes(tops) * scale
  var totals = Sixteen { _ in Vector(0) }
  for lane in 0..<rows {
    let row = scores + lane * stride
    let base = Vector(-maxima[lane])
    var total = Vector(0)
    for vector in 0..<vectors {
      let power = exponential(base.addingProduct(row[vector: 16 * vector], scale))
      row[vector: 16 * vector] = power
      total += power
    }
    totals[lane] = total
  }
  return (maxima, Sum.lanes(totals))
}

@inline(__always)
private func lanes(below count: Int) -> SIMDMask<SIMD16<Int32>> {
  SIMD16<Int32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    .< SIMD16(repeating: Int32(truncatingIfNeeded: count))
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
      for vector in 0..<logits.vectors { row[vector: 16 * vector] *= share }
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
