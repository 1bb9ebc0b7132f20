/// A table of embeddings for runs of two or three tokens: a position looks up the run that ends there, besides its token.
///
/// What follows a run is most of what there is to know of short texts. A table gives it to the first layer for the price of looking
/// it up, where attention needs a layer and many steps to put runs together.
public struct RunTable: Sendable, Equatable {
  /// How many tokens a run has.
  public let length: Int
  /// How many rows the table has: one for each run there can be, or fewer, which runs then share.
  public let rows: Int
  let vocabulary: Int
  public var boundary: Int32 { Int32(vocabulary - 1) }

  /// The row of the run that ends with `token`, where `before` stands before it and `earlier` before that. Before a text's first token
  /// stands the boundary.
  @inline(__always)
  public func row(_ token: Int32, after before: Int32, _ earlier: Int32) -> Int32 {
    let (token, before, earlier) = (code(token), code(before), code(earlier))
    if hasRowForEach {
      let pair = Int(before) * vocabulary + Int(token)
      return Int32(length == 2 ? pair : Int(earlier) * vocabulary * vocabulary + pair)
    }
    var hash = length == 2 ? 0 : earlier
    hash = hash &* 0x9e37_79b1 &+ before
    hash = hash &* 0x9e37_79b1 &+ token
    hash = (hash ^ hash >> 15) &* 0x85eb_ca6b
    return Int32((hash ^ hash >> 13) % UInt32(rows))
  }

  /// The boundary is 0, so that shared rows stay where they are when a vocabulary grows.
  @inline(__always)
  private func code(_ token: Int32) -> UInt32 {
    token == boundary ? 0 : UInt32(bitPattern: token) &+ 1
  }

  /// Whether no two runs share a row.
  public var hasRowForEach: Bool {
    // A product of three could be larger than every number.
    vocabulary * vocabulary <= (length == 2 ? rows : rows / vocabulary)
  }

  /// The row of each position of `batch` in this table, the `number`th of a network; −1 where the position does without.
  public func look(up batch: Batch, as number: Int, into found: inout [Int32]) {
    found.removeAll(keepingCapacity: true)
    var position = 0
    for end in batch.ends {
      var (before, earlier) = (boundary, boundary)
      while position < end {
        let token = batch.inputs[position]
        found.append(batch.isSilenced(position, table: number) ? -1 : row(token, after: before, earlier))
        (before, earlier) = (token, before)
        position += 1
      }
    }
  }
}
