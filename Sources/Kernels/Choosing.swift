// Scores of the next token lie here with one token a row and one sequence a lane (V, R): sixteen sequences choose at a time, and no
// sum or maximum goes across lanes.
//
// To choose by scores they become running sums of weights, and a uniform number chooses the first token whose sum passes that part of
// the last one. What cannot be chosen by, because some score is no number, has a last sum that is not above zero.

/// Turns the scores of `count` sequences into running sums of exp((score - largest) · sharpness).
package func accumulate(_ scores: Matrix, count: Int, sharpness: Float) {
  precondition(wholeVectors(count) <= scores.columns)
  for first in stride(from: 0, to: count, by: 16) {
    let column = scores.start + first
    let largest = largest(scores, first)
    var total = Vector(0)
    for token in 0..<scores.rows {
      total += exponential((column[vector: token * scores.stride] - largest) * Vector(sharpness))
      column[vector: token * scores.stride] = total
    }
  }
}

/// Turns the scores of `count` sequences into running sums that only the highest score adds to, of equal ones the first.
package func accumulateLargest(_ scores: Matrix, count: Int) {
  precondition(wholeVectors(count) <= scores.columns)
  for first in stride(from: 0, to: count, by: 16) {
    let column = scores.start + first
    let largest = largest(scores, first)
    // One where the scores are numbers and the largest is finite, and else none.
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
}

/// choices (R) = for each sequence the first token whose running sum passes `uniforms` of the last one. False when one has nothing to
/// choose by.
package func choose(_ sums: Matrix, uniforms: Lanes, into choices: inout [Int32]) -> Bool {
  let count = uniforms.count
  precondition(count <= choices.count && wholeVectors(count) <= sums.columns && sums.rows > 0)
  var areNumbers = true
  for first in stride(from: 0, to: count, by: 16) {
    let column = sums.start + first
    let total = column[vector: (sums.rows - 1) * sums.stride]
    // Less than the total, because a uniform number is at most 1 - 2⁻²⁴: so the token passed has a weight.
    let wanted = uniforms.start[vector: first] * total
    var choice = SIMD16<Int32>(repeating: 0)
    for token in 0..<sums.rows {
      choice.replace(with: choice &+ 1, where: column[vector: token * sums.stride] .<= wanted)
    }
    for lane in 0..<min(16, count - first) {
      areNumbers = areNumbers && total[lane] > 0
      choices[first + lane] = min(choice[lane], Int32(sums.rows - 1))
    }
  }
  return areNumbers
}

/// Turns the scores of `count` sequences into exp((score - largest) · sharpness): what is to probabilities as 1 is to the largest.
package func weigh(_ scores: Matrix, count: Int, sharpness: Float) {
  precondition(wholeVectors(count) <= scores.columns)
  for first in Swift.stride(from: 0, to: count, by: 16) {
    let column = scores.start + first
    let largest = largest(scores, first)
    for token in 0..<scores.rows {
      let score = column[vector: token * scores.stride]
      column[vector: token * scores.stride] = exponential((score - largest) * Vector(sharpness))
    }
  }
}

/// losses (R) = -ln softmax(scores)[target] for each sequence; no number where some score, whichever, is none or infinite.
package func lose(_ scores: Matrix, targets: Span<Int32>, losses: Lanes) {
  precondition(targets.count == losses.count && wholeVectors(losses.count) <= scores.columns)
  for first in Swift.stride(from: 0, to: targets.count, by: 16) {
    let column = scores.start + first
    let largest = largest(scores, first)
    var total = Vector(0)
    // Zero times every score: zero as long as all are finite. One of -∞ would pass for that of a token that never comes.
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
    // The difference first, for it is exact where the loss is small and the scores are not.
    let loss = logarithm(known) + (largest - chosen) + nothing
    for lane in 0..<count { losses.start[first + lane] = loss[lane] }
  }
}

@inline(__always)
private func largest(_ scores: Matrix, _ first: Int) -> Vector {
  var largest = Vector(-.infinity)
  for token in 0..<scores.rows {
    largest = largest.larger((scores.start + first)[vector: token * scores.stride])
  }
  return largest
}
