/// The natural logarithm of a positive, normal number: the same bits on every machine, unlike libm's.
///
/// With x = 2ᵏ·m and m from √½ to √2, ln x = k·ln 2 + 2·artanh((m − 1) / (m + 1)).
package func naturalLogarithm(_ x: Double) -> Double {
  var exponent = Double(x.exponent)
  var mantissa = x.significand
  if mantissa > 1.4142135623730951 {
    mantissa /= 2
    exponent += 1
  }
  let ratio = (mantissa - 1) / (mantissa + 1)
  let square = ratio * ratio
  var series = 0.0
  for odd in stride(from: 23.0, through: 1.0, by: -2.0) { series = series * square + 1 / odd }
  return exponent * natsPerBit + 2 * ratio * series
}

/// ln 2.
package let natsPerBit = 0.6931471805599453

/// e to the power of `x`, from −700 to 700: the same bits on every machine, unlike libm's.
///
/// With x = k·ln 2 + r and r from −½ ln 2 to ½ ln 2, eˣ = 2ᵏ·eʳ.
package func exponential(_ x: Double) -> Double {
  let exponent = (x / natsPerBit).rounded()
  let rest = x - exponent * natsPerBit
  var series = 1.0
  for term in stride(from: 18.0, through: 1.0, by: -1.0) { series = 1 + series * rest / term }
  return Double(sign: .plus, exponent: Int(exponent), significand: series)
}

/// The sine and the cosine of an angle from −100,000 to 100,000: the same bits on every machine, unlike libm's.
///
/// The angle is reduced by a multiple of π/2 to at most π/4. The first 33 bits of π/2 times that multiple are exact.
package func sineAndCosine(_ angle: Double) -> (sine: Double, cosine: Double) {
  let quarters = (angle / 1.5707963267948966).rounded()
  let rest = angle - quarters * 1.57079632673412561417 - quarters * 6.07710050650619224932e-11
  let square = rest * rest
  var (sine, cosine) = (1.0, 1.0)
  for term in stride(from: 18.0, through: 2.0, by: -2.0) {
    sine = 1 - sine * square / (term * (term + 1))
    cosine = 1 - cosine * square / (term * (term - 1))
  }
  sine *= rest
  return switch Int(quarters) & 3 {
  case 0: (sine, cosine)
  case 1: (cosine, -sine)
  case 2: (-sine, -cosine)
  default: (-cosine, sine)
  }
}
