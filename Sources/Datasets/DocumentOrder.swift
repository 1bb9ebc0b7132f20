import GPT
import Support

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
package struct SequenceOrder {
  private let order: DocumentOrder
  private let seed: UInt64
  private let count: Int
  private var epoch = -1
  private var offset = 0
  /// The order of the present epoch; empty when it is that of the file.
  private var permutation: [Int32] = []

  package init(_ order: DocumentOrder, count: Int, seed: UInt64) {
    precondition(count > 0, "an order of \(count) sequences")
    self.order = order
    self.seed = seed
    self.count = count
  }

  /// Goes to `position`, which may be any whole number from 0.
  package mutating func move(to position: Int) {
    let (epoch, offset) = position.quotientAndRemainder(dividingBy: count)
    if epoch != self.epoch { begin(epoch) }
    self.offset = offset
  }

  /// The number of the sequence at the present position, from which this goes on to the next.
  package mutating func next() -> Int {
    if offset == count { begin(epoch + 1) }
    defer { offset += 1 }
    return order == .file ? offset : Int(permutation[offset])
  }

  private mutating func begin(_ epoch: Int) {
    self.epoch = epoch
    offset = 0
    guard order == .shuffled else { return }
    var random = RandomSource(seed: seed, stream: RandomStream.order + UInt64(epoch))
    permutation = random.permutation(count)
  }
}
