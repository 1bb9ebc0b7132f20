import Architecture
import Randomness
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
    var slots = Array(repeating: Int32(-1), count: Self.slotCount(for: documents.count))
    let mask = slots.count - 1
    var first: [Int32] = []
    first.reserveCapacity(documents.count)
    var count = 0
    for index in 0..<documents.count {
      let text = documents[index]
      var hash = StableHash(seed: seed)
      hash.combine(text.span)
      var slot = Int(truncatingIfNeeded: hash.value) & mask
      while slots[slot] >= 0 && documents[Int(slots[slot])] != text { slot = (slot + 1) & mask }
      if slots[slot] < 0 { slots[slot] = Int32(index) } else { count += 1 }
      first.append(slots[slot])
    }
    self.first = first
    self.count = count
  }

  /// For each document that is the first of its kind, how many there are of it.
  func copies() -> [Int32] {
    var copies = Array(repeating: Int32(0), count: first.count)
    for document in first { copies[Int(document)] += 1 }
    return copies
  }

  /// A power of two that leaves at least a third free.
  private static func slotCount(for count: Int) -> Int {
    var slots = 2
    while 2 * slots < 3 * count { slots *= 2 }
    return slots
  }
}
