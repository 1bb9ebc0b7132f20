/// Replaces the logits by exp((logit − largest) · inverseTemperature): the softmax before its division by the sum.
package func softmax(_ logits: Logits, inverseTemperature: Float) -> TokenWeights {
  let scores = logits.matrix
  for first in Swift.stride(from: 0, to: logits.sequences, by: 16) {
    let column = scores.start + first
    let largest = largest(scores, first)
    for token in 0..<scores.rows {
      let score = column[vector: token * scores.stride]
      column[vector: token * scores.stride] = exponential((score - largest) * Vector(inverseTemperature))
    }
  }
  return TokenWeights(matrix: scores, sequences: logits.sequences)
}

/// Replaces the logits by the cumulative sums of `softmax`, in one pass.
package func cumulativeSoftmax(_ logits: Logits, inverseTemperature: Float) -> CumulativeWeights {
  let scores = logits.matrix
  for first in stride(from: 0, to: logits.sequences, by: 16) {
    let column = scores.start + first
    let largest = largest(scores, first)
    var total = Vector(0)
    for token in 0..<scores.rows {
      total += exponential((column[vector: token * scores.stride] - largest) * Vector(inverseTemperature))
      column[vector: token * scores.stride] = total
    }
  }
  return CumulativeWeights(scores, sequences: logits.sequences)
}

/// Replaces the logits by cumulative weights with all the weight on the largest logit, or on the first of equal ones.
package func cumulativeArgmax(_ logits: Logits) -> CumulativeWeights {
  let scores = logits.matrix
  for first in stride(from: 0, to: logits.sequences, by: 16) {
    let column = scores.start + first
    let largest = largest(scores, first)
    // 1 where no logit is NaN and the largest is finite; NaN elsewhere.
    var one = Vector(1) + (largest - largest)
    for token in 0..<scores.rows {
      let score = column[vector: token * scores.stride]
      one.replace(with: score, where: score .!= score)
    }
    var total = Vector(0)
    for token in 0..<scores.rows {
      total.replace(with: one, where: column[vector: token * scores.stride] .== largest)
      column[vector: token * scores.stride] = total
    }
  }
  return CumulativeWeights(scores, sequences: logits.sequences)
}

/// tokens (R) = for each sequence, the first token whose cumulative weight exceeds the sequence's random number from
/// [0, 1) times its total weight.
///
/// - Returns: False if the total weight of some sequence is NaN or not above zero.
package func sampleTokens(_ weights: CumulativeWeights, randomNumbers: Lanes, into tokens: inout [Int32]) -> Bool {
  let sums = weights.matrix
  let count = randomNumbers.count
  precondition(
    count <= tokens.count && count <= weights.sequences,
    "\(count) random numbers for \(weights.sequences) sequences and \(tokens.count) tokens")
  var areNumbers = true
  for first in stride(from: 0, to: count, by: 16) {
    let column = sums.start + first
    let total = column[vector: (sums.rows - 1) * sums.stride]
    // Less than the total, because a random number is at most 1 − 2⁻²⁴. So some token exceeds it, and the first that
    // does has a weight above zero.
    let threshold = randomNumbers.start[vector: first] * total
    var token = SIMD16<Int32>(repeating: 0)
    for row in 0..<sums.rows {
      token.replace(with: token &+ 1, where: column[vector: row * sums.stride] .<= threshold)
    }
    for lane in 0..<min(16, count - first) {
      areNumbers = areNumbers && total[lane] > 0
      tokens[first + lane] = min(token[lane], Int32(sums.rows - 1))
    }
  }
  return areNumbers
}

/// losses (R) = −ln softmax(logits)[target] for each sequence; NaN if one of its logits is NaN or infinite.
package func crossEntropy(_ logits: Logits, targets: Span<Int32>, losses: Lanes) {
  let scores = logits.matrix
  precondition(
    targets.count == losses.count && targets.count <= logits.sequences,
    "\(targets.count) targets and \(losses.count) losses of \(logits.sequences) sequences")
  for first in Swift.stride(from: 0, to: targets.count, by: 16) {
    let column = scores.start + first
    let largest = largest(scores, first)
    var total = Vector(0)
    // The sum of 0 · logit, which is zero only if all logits are finite. Without it, a logit of −∞ would count as that
    // of an impossible token.
    var nothing = Vector(0)
    for token in 0..<scores.rows {
      let score = column[vector: token * scores.stride]
      total += exponential(score - largest)
      nothing = nothing.addingProduct(score, Vector(0))
    }
    var chosen = Vector(0)
    let count = min(16, targets.count - first)
    for lane in 0..<count {
      let target = Int(targets[first + lane])
      precondition(target >= 0 && target < scores.rows, "token \(target) in a vocabulary of \(scores.rows)")
      chosen[lane] = column[target * scores.stride + lane]
    }
    let known = total.replacing(with: Vector(1), where: total .== Vector(0))
    // The difference is computed first, because it is exact where the loss is small and the logits are large.
    let loss = logarithm(known) + (largest - chosen) + nothing
    for lane in 0..<count { losses.start[first + lane] = loss[lane] }
  }
}

@inline(__always)
func largest(_ scores: Matrix, _ first: Int) -> Vector {
  var largest = Vector(-.infinity)
  for token in 0..<scores.rows {
    largest = largest.larger((scores.start + first)[vector: token * scores.stride])
  }
  return largest
}
