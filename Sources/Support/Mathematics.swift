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
