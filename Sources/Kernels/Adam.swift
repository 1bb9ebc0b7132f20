/// One step of Adam in the numbers that the kernel needs, worked out once a step.
public struct AdamStep: Sendable {
  let keptFirst: Float
  let newFirst: Float
  let keptSecond: Float
  let newSecond: Float
  /// What every gradient is multiplied by: less than one when the whole gradient is clipped.
  let scale: Float
  let rate: Float
  let epsilon: Float
  /// What decay leaves of a weight.
  let kept: Float
  /// Moments below 10⁻³⁰ become zero in this step, long before they turn into denormal numbers, which slow a processor down.
  let flushes: Bool

  /// The bias corrections 1 − βᵗ go into the rate and epsilon: α·√c₂/c₁ · m / (√v + ε·√c₂) is α · (m/c₁) / (√(v/c₂) + ε).
  public init(
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
    flushes = step.isMultiple(of: Self.flushPeriod(min(beta1, beta2)))
  }

  /// The steps in which a decaying moment falls by less than 10⁷: from 10⁻³⁰ to the denormal numbers below 10⁻³⁸ takes longer.
  private static func flushPeriod(_ beta: Double) -> Int {
    var period = 1
    var left = beta
    while left * beta > 1e-7 && period < 1024 {
      left *= beta
      period += 1
    }
    return period
  }
}

/// base to the whole power `exponent` by repeated squaring: the same bits everywhere.
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
/// Where every √second of a vector is far above ε, 1 / (√v + ε) is y·(1 − ε·y) with y = 1/√v, and the slow square root and division
/// are spared; elsewhere the formula is computed as it stands. Which of the two depends on the numbers alone.
public func adam(weights: Matrix, slopes: Matrix, first: Matrix, second: Matrix, _ step: AdamStep) {
  precondition(
    weights.rows == slopes.rows && weights.columns == slopes.columns && first.rows == weights.rows
      && second.rows == weights.rows)
  let far = max(step.epsilon * 4096, 1e-12)
  let threshold = Vector(far * far)
  let tiny = Vector(1e-30)
  for row in 0..<weights.rows {
    let weights = weights.start + row * weights.stride
    let slopes = slopes.start + row * slopes.stride
    let firsts = first.start + row * first.stride
    let seconds = second.start + row * second.stride
    for column in stride(from: 0, to: first.columns, by: 16) {
      let slope = slopes[vector: column] * Vector(step.scale)
      var m = (slope * Vector(step.newFirst)).addingProduct(firsts[vector: column], Vector(step.keptFirst))
      var v = (slope * slope * Vector(step.newSecond)).addingProduct(seconds[vector: column], Vector(step.keptSecond))
      if step.flushes {
        m.replace(with: Vector(0), where: (m .< tiny) .& (m .> -tiny))
        v.replace(with: Vector(0), where: v .< tiny)
      }
      firsts[vector: column] = m
      seconds[vector: column] = v
      let change: Vector
      let isFar = v .> threshold
      if all(isFar .| (m .== Vector(0))) {
        let y = reciprocalSquareRoot(threshold.replacing(with: v, where: isFar))
        change = m * y.addingProduct(y * y, Vector(-step.epsilon))
      } else {
        change = m / (v.squareRoot() + Vector(step.epsilon))
      }
      weights[vector: column] = (weights[vector: column] * Vector(step.kept)).addingProduct(
        change, Vector(-step.rate))
    }
  }
}

/// target (C, R) = source (R, C)ᵀ; both have whole blocks of sixteen rows.
public func transpose(_ source: Matrix, into target: Matrix) {
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

/// The sum of the squares of all elements.
public func squares(_ matrix: Matrix) -> Float {
  var sums = InlineArray<4, Vector>(repeating: Vector(0))
  for row in 0..<matrix.rows {
    let row = matrix.start + row * matrix.stride
    for column in stride(from: 0, to: matrix.columns, by: 16) {
      let lane = (column / 16) & 3
      sums[lane] = sums[lane].addingProduct(row[vector: column], row[vector: column])
    }
  }
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])).total
}
