import CProcessor

/// The register tiles that the processor has room for: their sums stay in registers, with the factors of one step
/// beside them.
///
/// Tiles differ between processors and results do not: whatever the tile, each sum goes over its terms in the same
/// order.
enum Registers {
  @inline(__always)
  static var holdsWholeVectors: Bool { VECTOR_REGISTER_FLOATS == 16 }

  /// How many terms of its sums a tile adds in a turn of its loop: as many as leave the sums in the registers.
  @inline(__always)
  static var termsInTurn: Int { holdsWholeVectors ? 2 : 4 }

  /// The most vectors of columns in a tile of one of `rows` rows.
  @inline(__always)
  static func widestTile(rows: Int) -> Int { holdsWholeVectors || rows == 1 ? 4 : rows == 2 ? 2 : 1 }

  /// The most rows in a tile of `width` vectors.
  @inline(__always)
  static func highestTile(_ width: Int) -> Int {
    switch width {
    case 1: holdsWholeVectors ? 14 : 6
    case 2: holdsWholeVectors ? 10 : 2
    case 3: holdsWholeVectors ? 7 : 1
    default: holdsWholeVectors ? 6 : 1
    }
  }
}
