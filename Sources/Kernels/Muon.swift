/// The constants of one step of Muon, computed once per step.
package struct MuonStep: Sendable {
  let kept: Float
  let new: Float
  /// The factor of every gradient: less than 1 if the whole gradient is clipped.
  let scale: Float
  let rate: Float
  /// The factor by which weight decay shrinks a weight, 1 − rate · decay.
  let keptWeight: Float
  /// True if the step sets momenta below 10⁻³⁰ to zero, as Adam's does with its moments.
  let flushes: Bool

  package init(step: Int, rate: Double, momentum: Double, weightDecay: Double, scale: Float) {
    kept = Float(momentum)
    new = Float(1 - momentum)
    self.scale = scale
    self.rate = Float(rate)
    keptWeight = Float(1 - rate * weightDecay)
    flushes = step.isMultiple(of: 16)
  }
}

/// first = μ·first + (1 − μ)·g;  weights −= rate · factor · orthogonal (μ·first + (1 − μ)·g)
///
/// The gradients become the direction of the step.
package func muon(
  weights: Matrix, gradients: Matrix, first: Matrix, _ step: MuonStep, factor: Float, in memory: NewtonSchulz
) {
  precondition(
    weights.rows == gradients.rows && weights.columns == gradients.columns && first.rows == gradients.rows
      && first.columns == gradients.columns, "Muon needs matrices of one shape")
  for row in 0..<gradients.rows {
    let gradients = gradients.start + row * gradients.stride
    let first = first.start + row * first.stride
    for offset in stride(from: 0, to: 16 * weights.vectors, by: 16) {
      let gradient = gradients[vector: offset] * Vector(step.scale) * Vector(step.new)
      var momentum = gradient.addingProduct(first[vector: offset], Vector(step.kept))
      if step.flushes {
        momentum.replace(with: Vector(0), where: (momentum .< Vector(1e-30)) .& (momentum .> Vector(-1e-30)))
      }
      first[vector: offset] = momentum
      gradients[vector: offset] = gradient.addingProduct(momentum, Vector(step.kept))
    }
  }
  memory.orthogonalize(gradients)
  for row in 0..<weights.rows {
    let directions = gradients.start + row * gradients.stride
    let weights = weights.start + row * weights.stride
    for offset in stride(from: 0, to: 16 * gradients.vectors, by: 16) {
      weights[vector: offset] = (weights[vector: offset] * Vector(step.keptWeight)).addingProduct(
        directions[vector: offset], Vector(-step.rate * factor))
    }
  }
}
