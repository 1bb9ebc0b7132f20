import Datasets
import Files
import KneserNey
import StrictJSON
import Support
import SwiftletKit
import Training

/// The score of n-gram models on the documents that `swiftlet train --validation N` with the same seed holds out.
struct NGrams {
  let file: String
  let tokenizer: String
  let order: Int
  let heldOut: Int
  let seed: UInt64

  func measure() throws -> JSON {
    let corpus = try Corpus(contentsOf: file)
    let trained = try TokenizerRegistry.standard.train(tokenizer, on: corpus.documents)
    let encoded = try EncodedCorpus(corpus, with: trained)
    var recipe = Recipe.microgpt
    (recipe.shape.context, recipe.holdout, recipe.seed) = (65_536, .count(heldOut), seed)
    let data = TrainingData(encoded, recipe)
    guard let held = data.heldOut else { throw TrainingError.nothingToLearn }
    let texts = (0..<data.training.count).map(data.training.tokens)
    let others = (0..<held.count).map(held.tokens)
    let orders: [JSON] = (2...order).map { order in
      var nats = 0.0
      let seconds = Measurement.seconds {
        let model = KneserNey(order: order, vocabulary: encoded.vocabulary, texts)
        for text in others { nats += model.nats(of: text).reduce(0, +) }
      }
      return [
        "order": .integer(order), "natsPerToken": .rounded(nats / Double(held.predictionCount)),
        "bitsPerByte": .rounded((nats + held.unknown.nats) / natsPerBit / Double(held.byteCount)),
        "seconds": .rounded(seconds),
      ]
    }
    return ["corpus": .string(file), "heldOutDocuments": .integer(held.documentCount), "orders": .array(orders)]
  }
}
