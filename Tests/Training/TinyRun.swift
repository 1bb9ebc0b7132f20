import CharacterTokenization
import Datasets
import GPT
import ModelFiles
import ScalarReference
import Tokenization
import Training
import TrainingEngine

let names = ["anna", "bob", "carla", "dan", "eve", "frank", "gina", "hal", "ida", "jo", "anna", "maximiliana"]

/// A tiny run on a few names.
struct TinyRun {
  let corpus: Corpus
  let tokenizer: CharacterTokenizer
  let encoded: EncodedCorpus
  let data: TrainingData
  let configuration: Configuration
  let recipe: Recipe

  init(_ recipe: Recipe, texts: [String] = names) throws {
    corpus = try Corpus(texts)
    tokenizer = try CharacterTokenizer(training: corpus.documents)
    encoded = try EncodedCorpus(corpus, with: tokenizer)
    data = TrainingData(encoded, recipe)
    configuration = try recipe.configuration(vocabulary: encoded.vocabulary)
    self.recipe = recipe
  }

  var beginning: TrainingState { TrainingState(Weights(configuration, seed: recipe.seed)) }

  func trainer(from state: TrainingState? = nil) throws -> Trainer {
    try Trainer(recipe, data, from: state ?? beginning) { ScalarEngine(weights: $0, moments: $1) }
  }

  /// Uses the fast engine, whose state is stored in files to the bit.
  func fastTrainer(from state: TrainingState? = nil, threads: Int = 1) throws -> Trainer {
    try Trainer(recipe, data, from: state ?? beginning) { FastEngine(weights: $0, moments: $1, threads: threads) }
  }

  func nullTrainer() throws -> (Trainer, NullEngine) {
    let engine = NullEngine(beginning.weights, beginning.moments)
    return (try Trainer(recipe, data, from: beginning) { _, _ in engine }, engine)
  }
}

extension Recipe {
  static var small: Recipe {
    var recipe = Recipe.microgpt
    recipe.shape.embedding = 8
    recipe.shape.heads = 2
    recipe.shape.context = 8
    recipe.steps = 60
    recipe.batch = 3
    recipe.holdout = .count(3)
    recipe.evaluateEvery = 10
    return recipe
  }
}

extension Double {
  func isNear(_ other: Double) -> Bool { abs(self - other) < 1e-5 * abs(other) }
}
