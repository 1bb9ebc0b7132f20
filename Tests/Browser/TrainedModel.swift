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

  /// The two published recipes, a language without spaces, a network with n-gram tables, one of them hashed, and one
  /// with rotary positions and a final norm.
  static let all: [TrainedModel] = {
    do {
      return try [
        TrainedModel("names", CharacterTokenizer.self, .microgpt),
        TrainedModel("sentences", WordTokenizer.self, .sentences),
        TrainedModel("thai", WordTokenizer.self, .sentences),
        TrainedModel("dialogue", CharacterTokenizer.self, withTables),
        TrainedModel("statements", CharacterTokenizer.self, withRotaryPositions),
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
  /// Returns the logits of the next token after `prompt`.
  func logits(after prompt: [TokenID]) -> [Double] {
    let forwardPass = CachedForwardPass(FrozenParameters(file.weights), slots: 1)
    let tokens = [configuration.boundary] + prompt
    let slots = [Int32](repeating: 0, count: tokens.count)
    let positions = Array(0..<Int32(tokens.count))
    forwardPass.read(tokens.span, slots: slots.span, positions: positions.span)
    let logits = forwardPass.logits(count: tokens.count)
    return (0..<logits.vocabulary).map { Double(logits[$0, tokens.count - 1]) }
  }
}
