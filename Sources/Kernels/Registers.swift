import Processor

/// The register tiles that the processor has room for: their sums stay in registers, with the factors of one step beside them.
///
/// Tiles differ between processors and results do not: whatever the tile, each sum goes over its terms in the same order.
enum Registers {
  @inline(__always)
  static var holdsWholeVectors: Bool { VECTOR_REGISTER_FLOATS == 16 }

  /// The most vectors of columns in a tile.
  @inline(__always)
  static var widestTile: Int { holdsWholeVectors ? 4 : 1 }

  /// The most rows in a tile of `width` vectors.
  @inline(__always)
  static func highestTile(_ width: Int) -> Int {
    if !holdsWholeVectors { return 6 }
    switch width {
    case 1: return 14
    case 2: return 12
    case 3: return 8
    default: return 6
    }
  }
}
