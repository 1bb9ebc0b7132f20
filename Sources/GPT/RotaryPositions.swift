import Support

/// Rotary positions (Su et al., 2021): at every position, attention rotates pairs of elements of its queries and keys,
/// so that a score depends on the distance between two tokens.
///
/// Elements i and i + headSize / 2 of a head are a pair, as in Llama. At position p its angle is p · base^(−2i /
/// headSize).
package struct RotaryPositions: Sendable {
  package static let base = 10_000.0

  /// The angle of each pair at position 1.
  private let frequencies: [Double]

  package init(headSize: Int) {
    frequencies = (0..<headSize / 2).map {
      exponential(-2 * Double($0) / Double(headSize) * naturalLogarithm(Self.base))
    }
  }

  /// Returns the cosine and the sine of a pair's angle: the same bits on every machine.
  package func rotation(at position: Int, ofPair pair: Int) -> (cosine: Float, sine: Float) {
    let (sine, cosine) = sineAndCosine(Double(position) * frequencies[pair])
    return (Float(cosine), Float(sine))
  }
}
