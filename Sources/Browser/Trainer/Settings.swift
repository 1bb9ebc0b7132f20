import Datasets
import GPT
import StrictJSON
import Training
import TrainingEngine

/// The choices that a person makes for a run.
struct Settings {
  let name: String
  let tokenizer: String
  private let seed: UInt64
  private let preset: Recipe?
  private let seconds: Double
  /// The fraction of the texts to hold out; `nil` for that of the recipe.
  private let holdout: Double?
  /// Changes of the recipe that the page does not offer, for measurements of the engine.
  private let changes: JSON.Object

  init(_ json: JSON.Object) throws(JSONError) {
    name = try json.string("name")
    tokenizer = try json.string("tokenizer")
    let digits = try json.string("seed")
    guard let seed = UInt64(digits) else { throw JSONError("\"seed\" must be a number from 0 to \(UInt64.max)") }
    self.seed = seed
    seconds = try json.double("seconds")
    holdout = json["holdout"]?.number?.double
    changes = json["changes"]?.object ?? JSON.Object()
    switch json["preset"]?.string {
    case "microgpt": preset = .microgpt
    case "sentences": preset = .sentences
    default: preset = nil
    }
  }

  private func choose(_ recipe: inout Recipe) {
    recipe.seed = seed
    // The page has the engine of one network.
    recipe.shape.members = 1
    if let holdout { recipe.holdout = holdout == 0 ? .none : .fraction(holdout) }
    if let embedding = changes["embedding"]?.number?.integer() { recipe.shape.embedding = embedding }
    if let batch = changes["batch"]?.number?.integer() { recipe.batch = batch }
    if let steps = changes["steps"]?.number?.integer() { recipe.steps = steps }
  }

  /// Returns the preset or, without one, the recipe for what this device computes in the time.
  func fitted(on corpus: EncodedCorpus) throws(TrainingError) -> FittedRecipe {
    if var recipe = preset {
      choose(&recipe)
      return FittedRecipe(recipe: recipe, data: TrainingData(corpus, recipe))
    }
    let ordinary = Recipe.suggested(for: corpus, compute: Recipe.ordinaryCompute * seconds / 10, choosing: choose)
    return try FittedRecipe(
      to: seconds * Self.trainingShare, from: ordinary, on: corpus, isPreset: false,
      data: { TrainingData(corpus, $0) },
      recipe: { compute, fix in
        Recipe.suggested(for: corpus, compute: compute) {
          fix(&$0)
          choose(&$0)
        }
      },
      engine: { FastEngine(weights: $0, moments: $1) })
  }

  /// The fraction of the time that training takes; the rest is for samples and curves.
  private static let trainingShare = 0.9
}
