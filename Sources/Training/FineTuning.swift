import GPT
import ModelFiles
import Support
import Tokenization

/// A trained model as the beginning of another run, on another corpus.
package struct FineTuning: Sendable {
  /// The model's own tokenizer, grown by what the corpus needs.
  package let tokenizer: any Tokenizer
  /// The model's weights, with a row for each new token.
  package let weights: Weights
  /// How many tokens are new.
  package let newTokens: Int
  /// Sixteen digits that tell the model from others, for checkpoints.
  private let fingerprint: String

  /// Throws `unknownPieces` when the corpus has characters or words that the model has not, unless its vocabulary may grow.
  package init(
    _ model: ModelFile, _ tokenizer: some Tokenizer, on documents: Documents, growingVocabulary grows: Bool,
    seed: UInt64
  ) throws {
    let pieces = try tokenizer.unknownPieces(in: documents)
    guard grows || pieces.isEmpty else {
      throw TrainingError.unknownPieces(pieces.map { String(decoding: $0, as: UTF8.self) })
    }
    self.tokenizer = try tokenizer.grown(by: pieces)
    weights = try model.weights.grown(by: pieces.count, seed: seed)
    newTokens = pieces.count
    fingerprint = model.weights.fingerprint
  }

  /// Gives `recipe` the sizes of the model, and says in it which model that is.
  package func apply(to recipe: inout Recipe) {
    recipe.layers = weights.configuration.layers
    recipe.embedding = weights.configuration.embedding
    recipe.heads = weights.configuration.heads
    recipe.context = weights.configuration.context
    recipe.activation = weights.configuration.activation
    recipe.bigrams = weights.configuration.bigrams
    recipe.trigrams = weights.configuration.trigrams
    recipe.from = fingerprint
  }
}

extension Weights {
  fileprivate var fingerprint: String {
    var hash = StableHash()
    for tensor in tensors {
      for number in tensor { hash.combine(UInt64(number.bitPattern)) }
    }
    return hash.digits
  }
}
