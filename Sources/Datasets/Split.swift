import GPT
import Support

/// The training documents and the held-out documents of a corpus. No text is in both.
package struct Split: Sendable, Equatable {
  package private(set) var training: [Int32] = []
  package private(set) var heldOut: [Int32] = []

  /// Holds out documents in random order, each with all its duplicates where their number is not too large.
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
