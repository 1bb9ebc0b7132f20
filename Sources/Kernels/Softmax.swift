/// Replaces the sixteen rows of scores from `first` on by exp(score · scale − maximum), and returns their sums and
/// maxima.
///
/// Row `lane` of the sixteen has `valid + growth · lane` scores: the whole vocabulary, or one more per row under a
/// causal mask. The elements after them become zero. A row divided by its sum is the softmax of its scores.
@inline(never)
func exponentials(
  _ scores: Matrix, from first: Int, valid: Int, growth: Int, scale: Float
) -> (maxima: Vector, sums: Vector) {
  let count = min(16, scores.rows - first)
  let rows = scores.start + first * scores.stride
  let scale = Vector(scale)
  var tops = RowBlock { _ in Vector(-.infinity) }
  for lane in 0..<count {
    let row = rows + lane * scores.stride
    // Padding becomes −∞, which is never the largest and whose exponential is zero.
    for vector in valid / 16..<scores.vectors {
      let known = Vector.laneNumbers .< Vector(Float(valid + growth * lane - 16 * vector))
      row[vector: 16 * vector] = Vector(-.infinity).replacing(with: row[vector: 16 * vector], where: known)
    }
    var top = row[vector: 0]
    for vector in 1..<scores.vectors { top = top.larger(row[vector: 16 * vector]) }
    tops[lane] = top
  }
  let maxima = Maximum.lanes(tops) * scale
  let base = RowScalars(-maxima)
  var totals = RowBlock { _ in Vector(0) }
  for lane in 0..<count {
    let row = rows + lane * scores.stride
    let base = Vector(base[lane])
    var total = Vector(0)
    for vector in 0..<scores.vectors {
      let power = exponential(base.addingProduct(row[vector: 16 * vector], scale))
      row[vector: 16 * vector] = power
      total += power
    }
    totals[lane] = total
  }
  return (maxima, Sum.lanes(totals))
}

/// Replaces up to sixteen rows of scores by probabilities; the parameters are those of `exponentials`.
func softmax(_ scores: Matrix, valid: Int, growth: Int, scale: Float) {
  let (_, sums) = exponentials(scores, from: 0, valid: valid, growth: growth, scale: scale)
  let shares = RowScalars(Vector(1) / sums.replacing(with: Vector(1), where: sums .== Vector(0)))
  for lane in 0..<scores.rows {
    let row = scores.start + lane * scores.stride
    let share = Vector(shares[lane])
    for vector in 0..<scores.vectors { row[vector: 16 * vector] *= share }
  }
}

/// losses (R) = −ln softmax(logits (R, V))[target]; NaN if one of the row's logits is NaN.
///
/// - Returns: dlogits (R, V) = weight · (softmax(logits) − 1 at the target), the gradient of Σ weight · loss, in the
///   memory of the logits.
@discardableResult
package func crossEntropy(
  _ logits: Matrix, vocabulary: Int, targets: Span<Int32>, weights: Span<Float>, losses: Lanes
) -> Matrix {
  precondition(
    targets.count == logits.rows && weights.count == logits.rows && losses.count == logits.rows
      && vocabulary <= logits.columns)
  for first in stride(from: 0, to: logits.rows, by: 16) {
    let count = min(16, logits.rows - first)
    var chosen = InlineArray<16, Float>(repeating: 0)
    for lane in 0..<count {
      chosen[lane] = logits.start[(first + lane) * logits.stride + Int(targets[first + lane])]
    }
    let (maxima, sums) = exponentials(logits, from: first, valid: vocabulary, growth: 0, scale: 1)
    // Missing rows have a sum of zero, which has no logarithm.
    let known = sums.replacing(with: Vector(1), where: sums .== Vector(0))
    // The difference is computed first, because it is exact where the loss is small and the logits are large.
    let loss = logarithm(known) + (maxima - unsafeBitCast(chosen, to: Vector.self))
    let lost = RowScalars(loss)
    let shares = RowScalars(Vector(1) / known)
    for lane in 0..<count {
      let row = logits.start + (first + lane) * logits.stride
      let weight = weights[first + lane]
      losses.start[first + lane] = lost[lane]
      let share = Vector(weight * shares[lane])
      for vector in 0..<logits.vectors { row[vector: 16 * vector] *= share }
      row[Int(targets[first + lane])] -= weight
    }
  }
  return logits
}

/// Σ weights · losses.
package func weightedSum(_ losses: Lanes, _ weights: Span<Float>) -> Float {
  precondition(losses.count == weights.count)
  var sums: (Float, Float) = (0, 0)
  for row in 0..<losses.count { sums = (sums.1, sums.0 + weights[row] * losses.start[row]) }
  return sums.0 + sums.1
}
