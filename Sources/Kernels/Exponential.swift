/// eˣ in sixteen lanes for x up to 88, within 3 units in the last place; zero below -87, and so for -∞. NaN stays NaN.
///
/// x = (k + f)·ln 2 with an integer k and |f| ≤ ½. 2ᶠ is a polynomial, and k is added to the bits of the exponent.
/// Unlike libm's functions, which differ between versions, additions, products and integer operations give the same
/// bits on every machine.
@inline(__always)
package func exponential(_ x: Vector) -> Vector {
  let rounding = Vector(12_582_912)  // 1.5 · 2²³: adding it leaves the nearest integer in the last bits
  let shifted = rounding.addingProduct(x, Vector(1.442695041))
  let f = (rounding - shifted).addingProduct(x, Vector(1.442695041))
  var power = Vector(0.00132764719)
  power = Vector(0.00967554168).addingProduct(power, f)
  power = Vector(0.0555071339).addingProduct(power, f)
  power = Vector(0.240221197).addingProduct(power, f)
  power = Vector(0.693146967).addingProduct(power, f)
  power = Vector(1.00000007).addingProduct(power, f)
  let k = unsafeBitCast(shifted, to: SIMD16<Int32>.self) &<< 23
  let scaled = unsafeBitCast(unsafeBitCast(power, to: SIMD16<Int32>.self) &+ k, to: Vector.self)
  return scaled.replacing(with: Vector(0), where: x .< Vector(-87))
}

/// The natural logarithm of sixteen positive, normal numbers, within 4 units in the last place. NaN stays NaN.
///
/// x = 2ᵏ·m with m from √½ to √2; ln m = (m − 1)·q(m − 1).
@inline(__always)
package func logarithm(_ x: Vector) -> Vector {
  let bits = unsafeBitCast(x, to: SIMD16<Int32>.self)
  let half = SIMD16<Int32>(repeating: 0x3f35_04f3)  // the bits of √½
  let k = (bits &- half) &>> 23
  let t = unsafeBitCast(bits &- (k &<< 23), to: Vector.self) - 1
  var q = Vector(0.0872236)
  q = Vector(-0.14366849).addingProduct(q, t)
  q = Vector(0.14952268).addingProduct(q, t)
  q = Vector(-0.16562392).addingProduct(q, t)
  q = Vector(0.19956833).addingProduct(q, t)
  q = Vector(-0.25002074).addingProduct(q, t)
  q = Vector(0.33334186).addingProduct(q, t)
  q = Vector(-0.49999988).addingProduct(q, t)
  q = Vector(0.99999997).addingProduct(q, t)
  // The integer operations turn NaN into a number; adding 0 · x restores it.
  return (t * q).addingProduct(Vector(k), Vector(0.6931471806)).addingProduct(x, Vector(0))
}

/// 1 / √x in sixteen lanes for positive, normal numbers, within 2 units in the last place, without the slow square root
/// instruction.
///
/// The first guess halves the exponent by a shift of the bits. A polynomial in x·guess² − 1, which is near zero,
/// corrects it.
@inline(__always)
package func reciprocalSquareRoot(_ x: Vector) -> Vector {
  let bits = unsafeBitCast(x, to: SIMD16<Int32>.self)
  let guess = unsafeBitCast(SIMD16<Int32>(repeating: 0x5f37_5a86) &- (bits &>> 1), to: Vector.self)
  let excess = Vector(-1).addingProduct(x, guess * guess)
  var factor = Vector(0.274018216)
  factor = Vector(-0.313946535).addingProduct(factor, excess)
  factor = Vector(0.375000784).addingProduct(factor, excess)
  factor = Vector(-0.499998303).addingProduct(factor, excess)
  factor = Vector(0.999999999).addingProduct(factor, excess)
  return guess * factor
}
