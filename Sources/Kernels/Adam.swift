/// The constants of one Adam step, computed once per step.
package struct AdamStep: Sendable {
  let keptFirst: Float
  let newFirst: Float
  let keptSecond: Float
  let newSecond: Float
  /// The factor of every gradient: less than 1 if the whole gradient is clipped.
  let scale: Float
  let rate: Float
  let epsilon: Float
  /// The factor by which weight decay shrinks a weight, 1 − rate · decay.
  let kept: Float
  /// True if the step sets moments below 10⁻³⁰ to zero, before they decay to denormal numbers, which slow the processor
  /// down. Every sixteenth step is enough unless a decay rate is below 0.4; then every step does.
  let flushes: Bool

  /// The bias corrections 1 − βᵗ go into the rate and epsilon: α·√c₂/c₁ · m / (√v + ε·√c₂) is α · (m/c₁) / (√(v/c₂) +
  /// ε).
  package init(
    step: Int, learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double, scale: Float
  ) {
    let correction1 = 1 - power(beta1, step)
    let correction2 = (1 - power(beta2, step)).squareRoot()
    keptFirst = Float(beta1)
    newFirst = Float(1 - beta1)
    keptSecond = Float(beta2)
    newSecond = Float(1 - beta2)
    self.scale = scale
    rate = Float(learningRate * correction2 / correction1)
    self.epsilon = Float(epsilon * correction2)
    kept = Float(1 - learningRate * weightDecay)
    flushes = step.isMultiple(of: 16) || min(beta1, beta2) < 0.4
  }
}

extension AdamStep {
  /// The second moment above which √v is far above ε.
  @inline(__always)
  fileprivate var threshold: Vector {
    let far = max(epsilon * 4096, 1e-12)
    return Vector(far * far)
  }
}

/// base to the integer power `exponent` by repeated squaring: the same bits everywhere.
private func power(_ base: Double, _ exponent: Int) -> Double {
  var result = 1.0
  var square = base
  var left = exponent
  while left > 0 {
    if left & 1 == 1 { result *= square }
    square *= square
    left >>= 1
  }
  return result
}

/// first = β₁·first + (1 − β₁)·g;  second = β₂·second + (1 − β₂)·g²;  weights −= rate · first / (√second + ε)
///
/// Where every √second of a vector is far above ε, 1 / (√v + ε) is computed as y·(1 − ε·y) with y = 1/√v, which avoids
/// the slow square root and division. The choice depends on the numbers alone, so results are reproducible.
///
/// With `clearing`, the gradients are set to zero afterwards, for tensors whose gradients are accumulated in every step
/// rather than overwritten.
package func adam(
  weights: Matrix, gradients: Matrix, first: Matrix, second: Matrix, _ step: AdamStep, clearing: Bool = false
) {
  precondition(
    weights.isWhole && gradients.isWhole && first.isWhole && second.isWhole && gradients.floats == weights.floats
      && first.floats == weights.floats && second.floats == weights.floats,
    "Adam needs whole rows of matrices of one shape")
  let (weights, gradients, firsts, seconds, count) = (
    weights.start, gradients.start, first.start, second.start, weights.floats
  )
  let threshold = step.threshold
  var offset = 0
  while offset < count {
    var state = AdamVector(weights[vector: offset], firsts[vector: offset], seconds[vector: offset])
    state.move(by: step, gradient: gradients[vector: offset] * Vector(step.scale), threshold)
    if clearing { gradients[vector: offset] = Vector(0) }
    firsts[vector: offset] = state.first
    seconds[vector: offset] = state.second
    weights[vector: offset] = state.weights
    offset += 16
  }
}

/// Makes `steps` with one row of weights that has no gradient in any of them: the bits that `adam` would leave.
///
/// The row stays in registers from the first step to the last.
package func adamWithoutGradient(weights: Matrix, first: Matrix, second: Matrix, row: Int, _ steps: Span<AdamStep>) {
  precondition(
    row >= 0 && row < weights.rows && first.rows == weights.rows && second.rows == weights.rows
      && first.stride == weights.stride && second.stride == weights.stride,
    "row \(row) of \(weights.rows)")
  let start = row * weights.stride
  for offset in stride(from: start, to: start + weights.columns, by: 16) {
    var state = AdamVector(weights.start[vector: offset], first.start[vector: offset], second.start[vector: offset])
    var index = 0
    while index < steps.count && any(state.first .!= Vector(0)) {
      state.move(by: steps[index], gradient: Vector(0), steps[index].threshold)
      index += 1
    }
    // Without momentum, only the decays are left.
    while index < steps.count {
      state.decay(by: steps[index])
      index += 1
    }
    first.start[vector: offset] = state.first
    second.start[vector: offset] = state.second
    weights.start[vector: offset] = state.weights
  }
}

/// Sixteen weights and their moments.
private struct AdamVector {
  var weights: Vector
  var first: Vector
  var second: Vector

  @inline(__always)
  init(_ weights: Vector, _ first: Vector, _ second: Vector) {
    (self.weights, self.first, self.second) = (weights, first, second)
  }

  /// Makes a step; `gradient` is scaled.
  @inline(__always)
  mutating func move(by step: AdamStep, gradient: Vector, _ threshold: Vector) {
    var m = (gradient * Vector(step.newFirst)).addingProduct(first, Vector(step.keptFirst))
    var v = (gradient * gradient * Vector(step.newSecond)).addingProduct(second, Vector(step.keptSecond))
    if step.flushes {
      m.replace(with: Vector(0), where: (m .< Vector(1e-30)) .& (m .> Vector(-1e-30)))
      v.replace(with: Vector(0), where: v .< Vector(1e-30))
    }
    first = m
    second = v
    let change: Vector
    if all(v .> threshold) {
      let y = reciprocalSquareRoot(v)
      change = m * y.addingProduct(y * y, Vector(-step.epsilon))
    } else if all((v .> threshold) .| (m .== Vector(0))) {
      // Padding and parameters that never had a gradient have m = 0, so any positive divisor will do.
      let y = reciprocalSquareRoot(threshold.replacing(with: v, where: v .> threshold))
      change = m * y.addingProduct(y * y, Vector(-step.epsilon))
    } else {
      change = m / (v.squareRoot() + Vector(step.epsilon))
    }
    weights = (weights * Vector(step.kept)).addingProduct(change, Vector(-step.rate))
  }

  /// Makes a step without a gradient and without momentum.
  @inline(__always)
  mutating func decay(by step: AdamStep) {
    second *= Vector(step.keptSecond)
    if step.flushes { second.replace(with: Vector(0), where: second .< Vector(1e-30)) }
    weights *= Vector(step.kept)
  }
}

/// target (C, R) = source (R, C)ᵀ; both have whole blocks of sixteen rows.
package func transpose(_ source: Matrix, into target: Matrix) {
  precondition(
    source.rows.isMultiple(of: 16) && target.rows.isMultiple(of: 16) && source.rows <= target.columns
      && target.rows <= source.columns,
    "(\(source.rows), \(source.columns)) transposed into (\(target.rows), \(target.columns))")
  for row in stride(from: 0, to: source.rows, by: 16) {
    for column in stride(from: 0, to: target.rows, by: 16) {
      transpose(
        source.start + row * source.stride + column, stride: source.stride,
        to: target.start + column * target.stride + row, stride: target.stride)
    }
  }
}
