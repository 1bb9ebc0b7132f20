/// A small random number generator (SplitMix64). A seed and a stream determine every number, so a resumed run needs no
/// saved state.
///
/// Uniform and normal numbers use only additions, multiplications, divisions and square roots. IEEE 754 defines these
/// to the bit, so the same seed gives the same numbers on every machine.
package struct RandomSource: RandomNumberGenerator, Sendable, Equatable {
  private var state: UInt64

  /// Creates a generator; generators with the same seed and different streams are independent.
  package init(seed: UInt64, stream: UInt64 = 0) {
    state = Self.mix(seed &+ 0x9e37_79b9_7f4a_7c15) ^ Self.mix(Self.mix(stream) &+ 0xd1b5_4a32_d192_ed03)
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    return Self.mix(state)
  }

  /// A uniform number in [0, 1), a multiple of 2⁻⁵³.
  package mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A uniform integer in 0 ..< `bound`, without bias.
  package mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "no integer lies below \(bound)")
    let range = UInt64(bound)
    var product = next().multipliedFullWidth(by: range)
    if product.low < range {
      let threshold = (0 &- range) % range
      while product.low < threshold { product = next().multipliedFullWidth(by: range) }
    }
    return Int(product.high)
  }

  /// A normal number with mean 0 and standard deviation 1 (Marsaglia's polar method).
  package mutating func normal() -> Double {
    while true {
      let x = 2 * uniform() - 1
      let y = 2 * uniform() - 1
      let square = x * x + y * y
      if square > 0 && square < 1 { return x * (-2 * naturalLogarithm(square) / square).squareRoot() }
    }
  }

  /// The numbers 0 ..< `count` in random order (Fisher–Yates shuffle).
  package mutating func permutation(_ count: Int) -> [Int32] {
    var order = Array(0..<Int32(count))
    for last in stride(from: count - 1, to: 0, by: -1) { order.swapAt(last, integer(below: last + 1)) }
    return order
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }
}
