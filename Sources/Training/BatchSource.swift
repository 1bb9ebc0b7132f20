import Datasets
import GPT
import Support

/// The batches of a run. The sequences of a batch depend only on the number of its step.
struct BatchSource {
  private let sequences: Sequences
  private let size: Int
  private let weighting: Weighting
  private let ngramDropout: Double
  private let embeddingDropout: Double
  private let embedding: Int
  private let tokenNoise: Double
  private let seed: UInt64
  private var order: SequenceOrder
  private var ranges: [Range<Int>] = []

  /// The batch of the last call of `makeBatch(of:)`.
  private(set) var batch = Batch()

  init(_ sequences: Sequences, _ recipe: Recipe) {
    self.sequences = sequences
    size = recipe.batch
    weighting = recipe.weighting
    ngramDropout = recipe.shape.bigrams > 0 || recipe.shape.trigrams > 0 ? recipe.ngramDropout : 0
    embeddingDropout = recipe.embeddingDropout
    embedding = recipe.shape.embedding
    tokenNoise = recipe.tokenNoise
    seed = recipe.seed
    order = SequenceOrder(recipe.order, count: sequences.count, seed: recipe.seed)
  }

  /// Makes the batch of step `step`, counted from 0.
  mutating func makeBatch(of step: Int) {
    batch.removeAll()
    ranges.removeAll(keepingCapacity: true)
    order.move(to: step * size)
    var moves = RandomSource(seed: seed, stream: RandomStream.windowMoves + UInt64(step))
    for _ in 0..<size { ranges.append(sequences.range(of: order.next(), movedBy: &moves)) }
    sequences.append(ranges, to: &batch, weight: 1 / Float(size))
    if weighting == .tokens { batch.weightRowsEqually() }
    if ngramDropout > 0 {
      var random = RandomSource(seed: seed, stream: RandomStream.ngramDropout + UInt64(step))
      batch.dropNGrams(ngramDropout, using: &random)
    }
    if embeddingDropout > 0 {
      var random = RandomSource(seed: seed, stream: RandomStream.embeddingDropout + UInt64(step))
      batch.dropElements(embeddingDropout, width: embedding, using: &random)
    }
    if tokenNoise > 0 {
      var random = RandomSource(seed: seed, stream: RandomStream.tokenNoise + UInt64(step))
      batch.corruptTokens(tokenNoise, using: &random)
    }
  }
}
