import Support
import Tokenization

/// The documents of a corpus that are equal byte for byte.
struct Duplicates: Sendable {
  /// For each document the first that is equal to it, which may be itself.
  let first: [Int32]
  /// The number of documents that repeat an earlier one.
  let count: Int

  init(in documents: Documents) {
    // Random, so that nobody can prepare texts that share a slot.
    let seed = UInt64.random(in: .min ... .max)
    var slots = Array(repeating: Slot.free, count: 2 * documents.count)
    var first: [Int32] = []
    first.reserveCapacity(documents.count)
    var count = 0
    documents.forEachSpan { text in
      var hash = StableHash(seed: seed)
      hash.combine(text)
      let tag = UInt32(truncatingIfNeeded: hash.value)
      var slot = Int(hash.value.multipliedFullWidth(by: UInt64(slots.count)).high)
      while slots[slot].document >= 0 {
        if slots[slot].tag == tag && documents[Int(slots[slot].document)].span.isEqual(to: text) { break }
        slot = slot + 1 == slots.count ? 0 : slot + 1
      }
      if slots[slot].document < 0 {
        slots[slot] = Slot(document: Int32(first.count), tag: tag)
      } else {
        count += 1
      }
      first.append(slots[slot].document)
    }
    self.first = first
    self.count = count
  }

  /// The first of some equal documents, with 32 bits of its hash: texts far apart in memory are compared only where
  /// these are equal.
  private struct Slot {
    var document: Int32
    var tag: UInt32

    static let free = Slot(document: -1, tag: 0)
  }

  /// Returns for each document that repeats no earlier one the number of documents equal to it.
  func copies() -> [Int32] {
    var copies = Array(repeating: Int32(0), count: first.count)
    for document in first { copies[Int(document)] += 1 }
    return copies
  }
}
