import Foundation
import Support
import Testing

/// The replacements of libm's functions, against libm. Without them, models would differ between machines.
struct MathematicsTests {
  @Test func `the logarithm agrees with libm`() {
    for power in stride(from: -300.0, through: 300, by: 0.37) {
      let x = pow(10, power)
      #expect(abs(naturalLogarithm(x) - log(x)) <= 1e-15 * max(1, abs(log(x))))
    }
  }

  @Test func `the exponential agrees with libm`() {
    #expect(exponential(0) == 1)
    for x in stride(from: -700.0, through: 700, by: 0.173) {
      #expect(abs(exponential(x) / exp(x) - 1) <= 4e-16 * max(1, abs(x)))
    }
  }

  /// Up to the largest angle of a context.
  @Test func `sine and cosine agree with libm`() {
    #expect(sineAndCosine(0) == (0, 1))
    for angle in [stride(from: -7.0, through: 7, by: 0.0013), stride(from: 0.0, through: 65_536, by: 0.77)].joined() {
      let (sine, cosine) = sineAndCosine(angle)
      #expect(abs(sine - sin(angle)) < 4e-16 && abs(cosine - cos(angle)) < 4e-16)
    }
  }
}
