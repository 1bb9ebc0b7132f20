import Datasets
import Foundation
import GPT
import Inference
import Kernels
import ModelFiles
import ModelMemory
import StrictJSON
import SwiftletKit
import Testing
import Tokenization
import Training

/// A model trained on a corpus of this repository for these tests.
struct TrainedModel: Sendable, CustomTestStringConvertible {
  let name: String
  let model: Model
  /// The training texts.
  let texts: [String]

  var testDescription: String { name }

  /// The two published recipes, a language without spaces, a network with n-gram tables, one of them hashed, one with
  /// rotary positions and a final norm, one beside an n-gram memory, and one with an adaptive softmax.
  static let all: [TrainedModel] = {
    do {
      return try [
        TrainedModel("names", CharacterTokenizer.self, .microgpt),
        TrainedModel("sentences", WordTokenizer.self, .sentences),
        TrainedModel("thai", WordTokenizer.self, .sentences),
        TrainedModel("dialogue", CharacterTokenizer.self, withTables),
        TrainedModel("statements", CharacterTokenizer.self, withRotaryPositions),
        TrainedModel("questions", CharacterTokenizer.self, withMemory),
        TrainedModel("sentences-punctuated", WordTokenizer.self, withAdaptiveSoftmax),
      ]
    } catch {
      preconditionFailure("training failed: \(error)")
    }
  }()

  private static var withTables: Recipe {
    var recipe = Recipe.microgpt
    (recipe.shape.activation, recipe.shape.context) = (.squaredRelu, 64)
    (recipe.shape.bigrams, recipe.shape.trigrams) = (10_000, 500)
    return recipe
  }

  private static var withRotaryPositions: Recipe {
    var recipe = Recipe.microgpt
    (recipe.shape.positions, recipe.shape.finalNorm, recipe.shape.context) = (.rotary, true, 48)
    (recipe.shape.layers, recipe.shape.heads) = (2, 2)
    return recipe
  }

  private static var withMemory: Recipe {
    var recipe = Recipe.microgpt
    (recipe.memory, recipe.holdout, recipe.shape.context) = (200_000, .count(100), 64)
    return recipe
  }

  private static var withAdaptiveSoftmax: Recipe {
    var recipe = Recipe.microgpt
    (recipe.shape.cutoffs, recipe.shape.context) = ([50, 150], 32)
    return recipe
  }

  static func texts(_ corpus: String) throws -> [String] {
    let folder = URL(filePath: #filePath).appending(path: "../../../corpora").standardized
    return try String(contentsOf: folder.appending(path: corpus + ".txt"), encoding: .utf8)
      .split(separator: "\n").map(String.init)
  }

  init(
    _ corpus: String, _ kind: any Tokenizer.Type, _ recipe: Recipe, settings: [String: String] = [:]
  ) throws {
    name = corpus
    texts = try Self.texts(corpus)
    model = try Self.trained(kind, on: Corpus(texts), recipe, settings: settings)
  }

  /// Creates an untrained model with these tokens.
  init(vocabulary: [String]) throws {
    let configuration = try Configuration(
      layers: 1, embedding: 8, heads: 2, context: 16, vocabulary: vocabulary.count + 1)
    let tokens = Vocabulary(vocabulary.map { Array($0.utf8) }) ?? Vocabulary()
    model = try Model(
      ModelFile(
        weights: Weights(configuration, seed: 1),
        tokenizer: TokenizerDescription(
          name: "character", version: 1, settings: ["unit": "grapheme", "normalize": "none"], vocabulary: tokens),
        training: JSON.Object()))
    name = "<b>vocabulary</b>"
    texts = []
  }

  private static func trained<Kind: Tokenizer>(
    _ kind: Kind.Type, on corpus: Corpus, _ recipe: Recipe, settings: [String: String]
  ) throws -> Model {
    let tokenizer = try Kind(training: corpus.documents, settings: settings)
    let trainer = try Trainer(recipe, tokenizer: tokenizer, corpus: corpus)
    try trainer.run()
    return trainer.model
  }

  /// Returns prefixes of the tokens of `count` training texts, of different lengths from zero on.
  func prompts(_ count: Int) throws -> [[TokenID]] {
    try (0..<count).map { number in
      let tokens = try model.tokenizer.encode(texts[number * (texts.count / count)])
      return Array(tokens.prefix(number % min(tokens.count + 1, model.configuration.context)))
    }
  }
}

extension Model {
  /// Returns the probabilities of the next token after `prompt`, those of the tokens that are never sampled excepted.
  func probabilities(after prompt: [TokenID]) -> [Double] {
    let nats = (0..<TokenID(configuration.vocabulary)).map { token in
      let isEnd = token == configuration.boundary
      let document = isEnd ? prompt : prompt + [token]
      return Double(LanguageModel(file.weights, file.memory).nats(of: [document])[0].each[prompt.count])
    }
    return nats.map { exp(-$0) }
  }
}
