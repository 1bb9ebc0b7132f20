import Architecture

/// The batches of a run, one after the other: which sequences a step learns from is a function of its number.
struct BatchSource {
  private let sequences: Sequences
  private let size: Int
  private var order: SequenceOrder

  /// The batch that was made last.
  private(set) var batch = Batch()

  init(_ sequences: Sequences, _ recipe: Recipe) {
    self.sequences = sequences
    size = recipe.batch
    order = SequenceOrder(recipe.order, count: sequences.count, seed: recipe.seed)
  }

  /// Makes the batch of step `step`, counted from 0; all its sequences weigh the same.
  mutating func makeBatch(of step: Int) {
    batch.removeAll()
    let weight = 1 / Float(size)
    sequences.append(step * size..<(step + 1) * size, to: &batch, weight: weight) { order.sequence(at: $0) }
  }
}
