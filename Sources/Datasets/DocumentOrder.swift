import GPT
import Support

/// The order of the documents in training.
public enum DocumentOrder: String, Sendable, CaseIterable {
  /// A new random order every epoch.
  case shuffled
  /// The order of the corpus in every epoch.
  case file
}

/// The endless series of a run's sequences: each occurs once per epoch.
///
/// The sequence at a position depends only on the position and the seed, so that a checkpoint need not hold the order.
package struct SequenceOrder {
  private let order: DocumentOrder
  private let seed: UInt64
  private let count: Int
  private var epoch = -1
  private var offset = 0
  /// The order of the present epoch; empty for the order of the file.
  private var permutation: [Int32] = []

  package init(_ order: DocumentOrder, count: Int, seed: UInt64) {
    precondition(count > 0, "an order of \(count) sequences")
    self.order = order
    self.seed = seed
    self.count = count
  }

  /// Moves to `position`, counted from 0.
  package mutating func move(to position: Int) {
    let (epoch, offset) = position.quotientAndRemainder(dividingBy: count)
    if epoch != self.epoch { begin(epoch) }
    self.offset = offset
  }

  /// Returns the sequence at the present position and moves to the next.
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
