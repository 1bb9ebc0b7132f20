import GPT
import Support
import Tokenization

/// Which documents a model is scored on and does not learn from.
public enum HeldOut: Sendable, Equatable {
  case none
  /// A tenth, but no more than a thousand.
  case automatic
  /// A part of all documents, between 0 and 1.
  case fraction(Double)
  case count(Int)
  /// Other documents, which the caller brings.
  case separate
}

extension HeldOut {
  /// How many of `count` documents to hold out; at least one is left to learn from.
  func count(of count: Int) -> Int {
    let wanted =
      switch self {
      case .none, .separate: 0
      case .automatic: min(count / 10, 1000)
      case .fraction(let part): Int(Double(count) * min(max(part, 0), 1))
      case .count(let wanted): max(0, wanted)
      }
    return min(wanted, count - 1)
  }
}

/// The documents of a corpus that are learned from, and those that are held out: no text is in both.
package struct Split: Sendable, Equatable {
  package private(set) var training: [Int32] = []
  package private(set) var heldOut: [Int32] = []

  /// Walks through the documents in random order and holds out each with all its duplicates, as long as they fit into what is
  /// still wanted.
  init(_ duplicates: Duplicates, _ wish: HeldOut, seed: UInt64) {
    let count = duplicates.first.count
    let wanted = wish.count(of: count)
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

/// Which documents of a corpus say the same, byte for byte.
struct Duplicates: Sendable {
  /// For each document, the first that says the same: itself when none before it does.
  let first: [Int32]
  /// How many documents repeat an earlier one.
  let count: Int

  init(in documents: Documents) {
    /// Differs from run to run, so that nobody can prepare texts that share a slot.
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

  /// A document that is the first of its kind, and some bits of its hash: texts lie far apart in memory and are looked at only where
  /// these are alike.
  private struct Slot {
    var document: Int32
    var tag: UInt32

    static let free = Slot(document: -1, tag: 0)
  }

  /// For each document that is the first of its kind, how many there are of it.
  func copies() -> [Int32] {
    var copies = Array(repeating: Int32(0), count: first.count)
    for document in first { copies[Int(document)] += 1 }
    return copies
  }
}
