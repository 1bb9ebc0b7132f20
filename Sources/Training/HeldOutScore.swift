import Datasets
import GPT
import Support
import Tokenization

/// The loss of a model on held-out documents.
public struct HeldOutScore: Sendable, Equatable {
  /// The mean of `-ln p(next token)`, the end of each document included.
  public var natsPerToken: Double
  /// The loss per UTF-8 byte of the text, which can be compared between tokenizers.
  ///
  /// Where the tokenizer has an unknown token, it includes the cost of spelling what that token replaces: eight bits
  /// for each byte of an unknown piece, and eight for its end.
  public var bitsPerByte: Double
  /// The fraction of the predicted tokens that are unknown.
  public var unknownShare: Double

  /// Scores all of `sequences`, summed in their order. A prediction that two windows make is scored in the first, where
  /// its past is the longest.
  package init(of sequences: Sequences, by engine: any Engine) {
    var nats = 0.0
    sequences.forEachLoss(by: engine) { nats += Double($0) }
    self.init(nats: nats, of: sequences)
  }

  /// The score of all of `sequences`, the losses of which have the sum `nats`.
  init(nats: Double, of sequences: Sequences) {
    natsPerToken = nats / Double(max(1, sequences.predictionCount))
    bitsPerByte = (nats + sequences.unknown.nats) / natsPerBit / Double(max(1, sequences.byteCount))
    unknownShare = Double(sequences.unknown.pieceCount) / Double(max(1, sequences.predictionCount))
  }

  /// Creates a score with known values.
  package init(natsPerToken: Double, bitsPerByte: Double, unknownShare: Double = 0) {
    self.natsPerToken = natsPerToken
    self.bitsPerByte = bitsPerByte
    self.unknownShare = unknownShare
  }

  /// `1.854 nats per token, 3.114 bits per byte`, and `, 2.1% of tokens unknown` where some are.
  package var sentence: String {
    "\(natsPerToken.fixed(3)) nats per token, \(bitsPerByte.fixed(3)) bits per byte"
      + (unknownShare > 0 ? ", \(unknownShare.percent) of tokens unknown" : "")
  }
}

extension Sequences {
  /// Calls `body` with the loss of each prediction, in their order. One that two windows make counts in the first.
  func forEachLoss(by engine: any Engine, _ body: (Float) -> Void) {
    var batch = Batch()
    var next = 0
    while next < count {
      let first = next
      batch.removeAll()
      repeat {
        append([range(of: next)], to: &batch, weight: 1)
        next += 1
      } while next < count && batch.rows < 2048
      let losses = engine.nats(of: batch)
      var row = 0
      for index in first..<next {
        let end = row + range(of: index).count - 1
        for loss in losses[row + repetitions(in: index)..<end] { body(loss) }
        row = end
      }
    }
  }
}
