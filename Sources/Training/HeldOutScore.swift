import Datasets
import GPT
import Support

/// The loss of a model on held-out documents.
public struct HeldOutScore: Sendable, Equatable {
  /// The mean of `-ln p(next token)`, the end of each document included.
  public var natsPerToken: Double
  /// The loss per UTF-8 byte of the text, which can be compared between tokenizers.
  public var bitsPerByte: Double

  /// Scores all of `sequences`, summed in their order.
  package init(of sequences: Sequences, by engine: any Engine) {
    var nats = 0.0
    var batch = Batch()
    var next = 0
    while next < sequences.count {
      batch.removeAll()
      repeat {
        sequences.append([sequences.range(of: next)], to: &batch, weight: 1)
        next += 1
      } while next < sequences.count && batch.rows < 2048
      for position in engine.nats(of: batch) { nats += Double(position) }
    }
    natsPerToken = nats / Double(max(1, sequences.predictionCount))
    bitsPerByte = nats / natsPerBit / Double(max(1, sequences.byteCount))
  }

  /// Creates a score with known values.
  package init(natsPerToken: Double, bitsPerByte: Double) {
    self.natsPerToken = natsPerToken
    self.bitsPerByte = bitsPerByte
  }
}
