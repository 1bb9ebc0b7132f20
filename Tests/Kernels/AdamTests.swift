import Kernels
import Support
import Testing

/// Adam's step against its formula in double precision. If it fails, users train with another optimizer than
/// documented.
struct AdamTests {
  /// The gradient of each parameter: typical, tiny (√v near ε, or far below it), or zero.
  private static let sizes: [Double] = [1, 1e-3, 1e-6, 1e-8, 1e-11, 0]

  @Test(arguments: [(0.85, 0.99, 1e-8, 0.0, 1.0), (0.9, 0.999, 1e-8, 0.1, 0.25), (0.0, 0.95, 1e-3, 0.0, 1.0)])
  func `a step agrees with the formula`(beta1: Double, beta2: Double, epsilon: Double, decay: Double, scale: Double) {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = RandomSource(seed: seed, stream: 1)
    let (rows, columns, rate) = (24, 16, 0.01)
    let buffers = (0..<4).map { _ in FloatBuffer(count: rows * columns) }
    let (weights, gradients, first, second) = (
      buffers[0].matrix(rows: rows, columns: columns), buffers[1].matrix(rows: rows, columns: columns),
      buffers[2].matrix(rows: rows, columns: columns), buffers[3].matrix(rows: rows, columns: columns)
    )
    var expected = [(weight: Double, first: Double, second: Double)](repeating: (0, 0, 0), count: rows * columns)
    for index in expected.indices {
      let weight = Float(random.normal())
      weights[index / columns, index % columns] = weight
      expected[index].weight = Double(weight)
    }
    var worst = 0.0
    for step in 1...40 {
      let correction = (first: 1 - power(beta1, step), second: 1 - power(beta2, step))
      for index in expected.indices {
        // Rows with gradients of one size, and rows with mixed sizes.
        let size = Self.sizes[(index / columns < 12 ? index / columns / 2 : index) % Self.sizes.count]
        let gradient = Float(size * random.normal())
        gradients[index / columns, index % columns] = gradient
        let g = Double(gradient) * scale
        expected[index].first += (1 - beta1) * (g - expected[index].first)
        expected[index].second += (1 - beta2) * (g * g - expected[index].second)
        expected[index].weight *= 1 - rate * decay
        expected[index].weight -=
          rate * (expected[index].first / correction.first)
          / ((expected[index].second / correction.second).squareRoot() + epsilon)
      }
      adam(
        weights: weights, gradients: gradients, first: first, second: second,
        AdamStep(
          step: step, learningRate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: decay,
          scale: Float(scale)),
        clearing: step.isMultiple(of: 2))
      if step.isMultiple(of: 2) { #expect(gradients[0, 0] == 0) }
    }
    for index in expected.indices {
      worst = max(worst, abs(Double(weights[index / columns, index % columns]) - expected[index].weight) / rate)
    }
    withExtendedLifetime(buffers) {}
    print("Adam: forty steps end \(worst) of a learning rate away at worst (seed \(seed))")
    #expect(worst < 2e-3, "seed \(seed)")
  }

  /// Rows of an embedding that a batch does not look up are moved later. If the bits differed, a model would depend on
  /// when its weights are read.
  @Test(arguments: [(0.85, 0.99, 0.0), (0.9, 0.95, 0.1), (0.3, 0.2, 0.1)])
  func `steps without gradients give the same bits later`(beta1: Double, beta2: Double, decay: Double) {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = RandomSource(seed: seed, stream: 1)
    let (rows, columns) = (12, 48)
    let buffers = (0..<7).map { _ in FloatBuffer(count: rows * columns) }
    let matrices = buffers.map { $0.matrix(rows: rows, columns: columns) }
    let (now, later) = (Array(matrices[0..<3]), Array(matrices[3..<6]))
    let gradients = matrices[6]
    for row in 0..<rows {
      for column in 0..<columns {
        let size = Self.sizes[(row < 6 ? row : column) % Self.sizes.count]
        gradients[row, column] = Float(size * random.normal())
        let weight = Float(random.normal())
        (now[0][row, column], later[0][row, column]) = (weight, weight)
      }
    }
    let steps = (1...900).map { step in
      AdamStep(
        step: step, learningRate: 0.01 * (1 - Double(step) / 900), beta1: beta1, beta2: beta2, epsilon: 1e-8,
        weightDecay: decay, scale: 0.5)
    }
    adam(weights: later[0], gradients: gradients, first: later[1], second: later[2], steps[0])
    adam(weights: now[0], gradients: gradients, first: now[1], second: now[2], steps[0], clearing: true)
    for step in steps.dropFirst() {
      adam(weights: now[0], gradients: gradients, first: now[1], second: now[2], step)
    }
    for row in 0..<rows {
      adamWithoutGradient(weights: later[0], first: later[1], second: later[2], row: row, steps.span.extracting(1..<40))
      adamWithoutGradient(
        weights: later[0], first: later[1], second: later[2], row: row, steps.span.extracting(40..<900))
    }
    var differences = 0
    for row in 0..<rows {
      for column in 0..<columns {
        for (a, b) in zip(now, later) where a[row, column].bitPattern != b[row, column].bitPattern { differences += 1 }
      }
    }
    withExtendedLifetime(buffers) {}
    #expect(differences == 0, "seed \(seed)")
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { power, _ in power * base }
  }
}
