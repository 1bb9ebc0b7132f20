/// How the learning rate goes from its peak to the end of a run.
public enum Schedule: String, Sendable, CaseIterable {
  /// In a straight line to zero.
  case linear
  /// Along half a cosine to zero: slowly at first, slowly at last.
  case cosine
  /// No decay.
  case constant

  /// The part of the peak at which step `step` of `steps`, counted from 0, learns.
  ///
  /// Without warm-up the linear schedule is microgpt's `1 - step / steps`. With it the first `warmup` steps climb in a straight
  /// line, and the rest goes on from the peak.
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

/// The cosine of an angle between 0 and π/2 from its power series: the same bits on every machine, as libm's are not.
private func quarterCosine(_ angle: Double) -> Double {
  let square = angle * angle
  var sum = 1.0
  for order in stride(from: 22.0, to: 0, by: -2) { sum = 1 - sum * square / (order * (order - 1)) }
  return sum
}
