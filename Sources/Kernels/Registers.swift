import CProcessor

/// The largest tiles whose sums, with the factors of one step, fit the processor's registers.
///
/// Tiles differ between processors but results do not, because each sum adds its terms in the same order in any tile.
enum Registers {
  @inline(__always)
  static var holdsWholeVectors: Bool { VECTOR_REGISTER_FLOATS == 16 }

  /// True if all registers hold four vectors, as those of SSE and of WebAssembly do.
  @inline(__always)
  static var holdFourVectors: Bool { VECTOR_REGISTERS * VECTOR_REGISTER_FLOATS == 64 }

  /// The number of terms that a tile adds to each sum per iteration: the most that leave the sums in registers, or that
  /// gain time.
  @inline(__always)
  static var unrollFactor: Int { holdsWholeVectors || holdFourVectors ? 2 : 4 }

  /// Returns the maximum number of vectors of columns in a tile, for a product of `rows` rows.
  @inline(__always)
  static func widestTile(rows: Int) -> Int {
    if holdFourVectors { return rows == 1 ? 2 : 1 }
    return holdsWholeVectors || rows == 1 ? 4 : rows == 2 ? 2 : 1
  }

  /// Returns the maximum number of rows in a tile of `width` vectors.
  @inline(__always)
  static func highestTile(_ width: Int) -> Int {
    switch width {
    case 1: holdsWholeVectors ? 14 : holdFourVectors ? 3 : 6
    case 2: holdsWholeVectors ? 10 : 2
    case 3: holdsWholeVectors ? 7 : 1
    default: holdsWholeVectors ? 6 : 1
    }
  }
}
