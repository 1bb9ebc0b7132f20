import ScalarReference
import Support
import Testing

/// A wrong derivative would be in every gradient of the reference engine, with which the fast engine is compared.
@Suite struct TapeTests {
  struct Operation: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let arguments: Int
    let apply: @Sendable ([Scalar]) -> Scalar

    init(_ name: String, _ arguments: Int, _ apply: @escaping @Sendable ([Scalar]) -> Scalar) {
      (testDescription, self.arguments, self.apply) = (name, arguments, apply)
    }
  }

  static let operations = [
    Operation("x + y", 2) { $0[0] + $0[1] },
    Operation("x + number", 1) { $0[0] + 1.5 },
    Operation("x * y", 2) { $0[0] * $0[1] },
    Operation("x * number", 1) { $0[0] * -2.5 },
    Operation("x ^ 3", 1) { $0[0].power(3) },
    Operation("x ^ -0.5", 1) { $0[0].power(-0.5) },
    Operation("log x", 1) { $0[0].log() },
    Operation("exp x", 1) { $0[0].exp() },
    Operation("relu of a positive", 1) { $0[0].relu() },
    Operation("relu of a negative", 1) { (-$0[0]).relu() },
    Operation("-x", 1) { -$0[0] },
    Operation("x - y", 2) { $0[0] - $0[1] },
    Operation("x - number", 1) { $0[0] - 0.75 },
    Operation("x / y", 2) { $0[0] / $0[1] },
    Operation("x / number", 1) { $0[0] / 3 },
    Operation("x x + x, one argument in several places", 1) { $0[0] * $0[0] + $0[0] },
    Operation("a chain", 3) { (($0[0] * $0[1]).exp() / ($0[2] + $0[0]) + 1).log() * $0[1].power(-2) },
  ]

  @Test(arguments: operations) func `derivatives agree with finite differences`(of operation: Operation) {
    let seed: UInt64 = .random(in: 0...999_999)
    var random = RandomSource(seed: seed)
    var worst = 0.0
    for _ in 0..<50 {
      let point = (0..<operation.arguments).map { _ in 0.5 + 2 * random.uniform() }
      let tape = Tape()
      let variables = point.map(tape.variable)
      tape.backward(from: operation.apply(variables))
      for (index, variable) in variables.enumerated() {
        let difference = centralDifference(at: point[index]) { moved in
          let tape = Tape()
          var point = point
          point[index] = moved
          return operation.apply(point.map(tape.variable)).value
        }
        worst = max(worst, abs(variable.gradient - difference) / max(1, abs(difference)))
      }
    }
    #expect(worst < 1e-8, "seed \(seed)")
    print("\(operation.testDescription): worst relative error \(worst), seed \(seed)")
  }

  @Test func `operations have the right values`() {
    let tape = Tape()
    let x = tape.variable(4)
    let y = tape.variable(-0.5)
    #expect((x + y).value == 3.5)
    #expect((x * y).value == -2)
    #expect((x - y).value == 4.5)
    #expect((x / y).value == -8)
    #expect((-x).value == -4)
    #expect(x.power(0.5).value == 2)
    #expect(x.log().value == 1.3862943611198906)
    #expect(y.exp().value == 0.6065306597126334)
    #expect(x.relu().value == 4)
    #expect(y.relu().value == 0)
  }

  @Test func `removing scalars keeps the gradients of earlier ones`() {
    let tape = Tape()
    let x = tape.variable(3)
    for walk in 1...3 {
      tape.backward(from: x * x)
      tape.forget(after: 1)
      #expect(tape.count == 1)
      #expect(x.gradient == 6 * Double(walk))
    }
  }

  /// If a NaN became zero, a diverged run would continue.
  @Test func `NaN stays NaN`() {
    let x = Tape().variable(.nan)
    for operation in Self.operations {
      let result = operation.apply(Array(repeating: x, count: operation.arguments))
      #expect(result.value.isNaN, "\(operation.testDescription)")
    }
  }
}

/// Returns the derivative of `function` by central differences of two widths, combined so that the error is of the
/// fourth order.
func centralDifference(at point: Double, width: Double = 1e-3, _ function: (Double) -> Double) -> Double {
  func slope(_ width: Double) -> Double { (function(point + width) - function(point - width)) / (2 * width) }
  return (4 * slope(width / 2) - slope(width)) / 3
}
