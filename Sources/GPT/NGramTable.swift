/// An embedding table for bigrams or trigrams: besides its token, a position looks up the n-gram that ends there.
///
/// In short texts, most of the information is in which tokens follow each other. A table gives it to the first layer at
/// the cost of a lookup; attention needs a layer and many steps to learn n-grams.
package struct NGramTable: Sendable, Equatable {
  /// The number of tokens in an n-gram: 2 or 3.
  package let length: Int
  /// The number of rows: one for each possible n-gram, or fewer, which n-grams share by a hash.
  package let rows: Int
  let vocabulary: Int
  package var boundary: Int32 { Int32(vocabulary - 1) }

  /// Returns the row of the n-gram `earlier`, `before`, `token`. Before the first token of a text comes the boundary.
  @inline(__always)
  package func row(_ token: Int32, after before: Int32, _ earlier: Int32) -> Int32 {
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

  /// The token's number in the hash. The boundary's is 0, so that n-grams keep their shared rows when the vocabulary
  /// grows.
  @inline(__always)
  private func code(_ token: Int32) -> UInt32 {
    token == boundary ? 0 : UInt32(bitPattern: token) &+ 1
  }

  /// True if no two n-grams share a row.
  package var hasRowForEach: Bool {
    // A product of two fits 64 bits; a product of three might not.
    Int64(vocabulary) * Int64(vocabulary) <= Int64(length == 2 ? rows : rows / vocabulary)
  }

  /// Finds the row of this table for each position of `batch`, or −1 where n-gram dropout drops it; `table` is this
  /// table's index.
  package func findRows(of batch: Batch, table: Int, into found: inout [Int32]) {
    found.removeAll(keepingCapacity: true)
    var position = 0
    for end in batch.ends {
      var (before, earlier) = (boundary, boundary)
      while position < end {
        let token = batch.inputs[position]
        found.append(batch.isDropped(position, table: table) ? -1 : row(token, after: before, earlier))
        (before, earlier) = (token, before)
        position += 1
      }
    }
  }
}
