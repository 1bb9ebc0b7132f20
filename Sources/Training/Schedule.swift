/// The decay of the learning rate from its peak to the end of a run.
public enum Schedule: String, Sendable, CaseIterable {
  /// Linearly to zero.
  case linear
  /// Along half a period of the cosine to zero.
  case cosine
  /// No decay.
  case constant

  /// Returns the learning rate of a step, counted from 0, as a fraction of the peak.
  ///
  /// Without warmup the linear schedule is microgpt's `1 - step / steps`. With warmup the rate first rises linearly for
  /// `warmup` steps, and then decays from its peak.
  package func factor(step: Int, of steps: Int, warmup: Int = 0) -> Double {
    if step < warmup { return Double(step + 1) / Double(warmup) }
    let progress = Double(step - warmup) / Double(max(1, steps - warmup))
    switch self {
    case .linear: return 1 - progress
    case .cosine:
      let root = quarterCosine(progress * (.pi / 2))
      return root * root
    case .constant: return 1
    }
  }
}

/// Returns the cosine of an angle from 0 to π/2. Unlike libm's, its bits are the same on every machine.
private func quarterCosine(_ angle: Double) -> Double {
  let square = angle * angle
  var sum = 1.0
  for order in stride(from: 22.0, to: 0, by: -2) { sum = 1 - sum * square / (order * (order - 1)) }
  return sum
}
