import GPT
import Support

/// The documents of a corpus that are learned from, and those that are held out: no text is in both.
package struct Split: Sendable, Equatable {
  package private(set) var training: [Int32] = []
  package private(set) var heldOut: [Int32] = []

  /// Walks through the documents in random order and holds out each with all its duplicates, as long as they fit into what is
  /// still wanted.
  init(_ duplicates: Duplicates, _ holdout: Holdout, seed: UInt64) {
    let count = duplicates.first.count
    let wanted = holdout.count(of: count)
    guard wanted > 0 else {
      training = Array(0..<Int32(count))
      return
    }
    let copies = duplicates.copies()
    var isHeldOut = Array(repeating: false, count: count)
    var isSeen = isHeldOut
    var left = wanted
    var random = RandomSource(seed: seed, stream: RandomStream.heldOut)
    for document in random.permutation(count) where left > 0 {
      let first = Int(duplicates.first[Int(document)])
      guard !isSeen[first] else { continue }
      isSeen[first] = true
      guard copies[first] <= left else { continue }
      isHeldOut[first] = true
      left -= Int(copies[first])
    }
    heldOut.reserveCapacity(wanted - left)
    training.reserveCapacity(count - wanted + left)
    for document in 0..<Int32(count) {
      if isHeldOut[Int(duplicates.first[Int(document)])] { heldOut.append(document) } else { training.append(document) }
    }
  }
}
