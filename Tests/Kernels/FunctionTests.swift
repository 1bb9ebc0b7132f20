import Foundation
import Kernels
import Testing

/// The replacements of libm's functions, against libm in double precision. Their errors are printed and bounded.
struct FunctionTests {
  @Test func `the exponential agrees with libm`() {
    let worst = worstError(from: -87, to: 88, exponential) { exp($0) }
    print("exponential: worst relative error \(worst)")
    #expect(exponential(Vector(repeating: .nan))[0].isNaN && logarithm(Vector(repeating: .nan))[0].isNaN)
    // An argument of 87 is rounded to 87 ± 4e-6 on its way to a power of two.
    #expect(worst < 4e-6)
    #expect(worstError(from: -8, to: 0, exponential) { exp($0) } < 6e-7)
    #expect(exponential(Vector(repeating: -.infinity)) == Vector(repeating: 0))
    #expect(exponential(Vector(repeating: -88)) == Vector(repeating: 0))
    #expect(abs(exponential(Vector(repeating: 0))[0] - 1) < 1e-6)
  }

  @Test func `the logarithm agrees with libm`() {
    var worst = 0.0
    for power in stride(from: -30.0, through: 30, by: 0.001) {
      let x = Float(exp2(power))
      worst = max(
        worst, abs(Double(logarithm(Vector(repeating: x))[0]) - log(Double(x))) / max(0.1, abs(log(Double(x)))))
    }
    print("logarithm: worst relative error \(worst)")
    #expect(worst < 1e-6)
  }

  @Test func `the reciprocal square root agrees with libm`() {
    var worst = 0.0
    for power in stride(from: -60.0, through: 60, by: 0.001) {
      let x = Float(exp2(power))
      let expected = 1 / Double(x).squareRoot()
      worst = max(worst, abs(Double(reciprocalSquareRoot(Vector(repeating: x))[0]) - expected) / expected)
    }
    print("reciprocal square root: worst relative error \(worst)")
    #expect(worst < 3e-7)
  }

  private func worstError(
    from low: Double, to high: Double, _ function: (Vector) -> Vector, _ expected: (Double) -> Double
  ) -> Double {
    var worst = 0.0
    for value in stride(from: low, through: high, by: (high - low) / 100_000) {
      let x = Float(value)
      guard Double(x) >= low else { continue }
      worst = max(worst, abs(Double(function(Vector(repeating: x))[0]) / expected(Double(x)) - 1))
    }
    return worst
  }
}
