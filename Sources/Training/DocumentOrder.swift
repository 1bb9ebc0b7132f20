import Architecture
import Randomness

/// The order in which a run meets the documents.
public enum DocumentOrder: String, Sendable, CaseIterable {
  /// A new random order every epoch.
  case shuffled
  /// As they stand in the corpus, again and again.
  case file
}

/// The endless row of sequences that a run learns from: every one once an epoch.
///
/// What stands at a position is a function of the position and the seed, so that a resumed run needs to be told nothing.
struct SequenceOrder {
  private let order: DocumentOrder
  private let seed: UInt64
  private let count: Int
  private var epoch = -1
  private var permutation: [Int32] = []

  init(_ order: DocumentOrder, count: Int, seed: UInt64) {
    precondition(count > 0, "an order of \(count) sequences")
    self.order = order
    self.seed = seed
    self.count = count
  }

  /// The number of the sequence at `position`, which may be any whole number from 0.
  mutating func sequence(at position: Int) -> Int {
    let (epoch, offset) = position.quotientAndRemainder(dividingBy: count)
    if order == .file { return offset }
    if epoch != self.epoch { begin(epoch) }
    return Int(permutation[offset])
  }

  private mutating func begin(_ epoch: Int) {
    var random = RandomSource(seed: seed, stream: RandomStream.order + UInt64(epoch))
    permutation = random.permutation(count)
    self.epoch = epoch
  }
}
