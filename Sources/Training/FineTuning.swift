import GPT
import ModelFiles
import Support
import Tokenization

/// A trained model as the start of training on another corpus.
package struct FineTuning: Sendable {
  /// The model's tokenizer, extended by the new tokens.
  package let tokenizer: any Tokenizer
  /// The model's weights, with a row for each new token.
  package let weights: Weights
  /// The number of new tokens.
  package let newTokens: Int
  /// Sixteen hexadecimal digits that identify the model in checkpoints.
  private let fingerprint: String

  /// - Parameters:
  ///   - grows: Adds the characters or words that the model does not know to its vocabulary.
  ///   - seed: The seed of the new tokens' weights.
  /// - Throws: `TrainingError.unknownText` where there are such tokens and the vocabulary may not grow.
  package init(
    _ model: ModelFile, _ tokenizer: some Tokenizer, on documents: Documents, growingVocabulary grows: Bool,
    seed: UInt64
  ) throws {
    let pieces = try tokenizer.unknownPieces(in: documents)
    guard grows || pieces.isEmpty else {
      throw TrainingError.unknownText(pieces.map { String(decoding: $0, as: UTF8.self) })
    }
    self.tokenizer = try tokenizer.grown(by: pieces)
    weights = try model.weights.grown(by: pieces.count, seed: seed)
    newTokens = pieces.count
    var hash = StableHash()
    hash.combine(model.weights)
    fingerprint = hash.digits
  }

  /// The settings of a recipe that the model decides: its shape and its fingerprint.
  package var overrides: RecipeOverrides {
    var overrides = RecipeOverrides()
    overrides[\.shape] = weights.configuration.shape
    overrides[\.from] = fingerprint
    return overrides
  }
}

extension StableHash {
  /// Adds the bits of every weight.
  package mutating func combine(_ weights: Weights) {
    for tensor in weights.tensors {
      for number in tensor { combine(UInt64(number.bitPattern)) }
    }
  }
}
