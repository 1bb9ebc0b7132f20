import Datasets
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
  ///
  /// The context grows to what the documents need, or to `context`.
  package func overrides(on corpus: EncodedCorpus, context: Int?) throws(TrainingError) -> RecipeOverrides {
    var shape = weights.configuration.shape
    if let context, context < shape.context {
      throw .badRecipe(
        "The model of --from has a context of \(shape.context), which can grow but not shrink; give --context "
          + "\(shape.context) or more, or leave it out.")
    }
    shape.context = context ?? max(shape.context, corpus.suggestedContext(upTo: 128))
    var overrides = RecipeOverrides()
    overrides[\.shape] = shape
    overrides[\.from] = fingerprint
    return overrides
  }
}

extension Weights {
  /// Returns the model for a longer context. Learned positions beyond the old one have the random rows of a new model;
  /// rotary positions have none. Texts that fit the old context keep their probabilities.
  package func grown(toContext context: Int, seed: UInt64) throws(ConfigurationError) -> Weights {
    let old = configuration
    guard context > old.context else { return self }
    var shape = old.shape
    shape.context = context
    let grown = try Configuration(shape, vocabulary: old.vocabulary)
    var weights = Weights(zeros: grown)
    var random = RandomSource(seed: seed, stream: RandomStream.grownWeights)
    for (tensor, (new, old)) in zip(grown.tensors, old.tensors).enumerated() {
      let added = (new.rows - old.rows) * new.columns
      weights.tensors[tensor] =
        tensors[tensor] + (0..<added).map { _ in Float(grown.initialDeviation * random.normal()) }
    }
    return weights
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
