import Datasets
import GPT
import StrictJSON
import Training
import TrainingEngine

/// The choices that a person makes for a run.
struct Settings {
  let name: String
  let tokenizer: String
  let seed: UInt64
  private let preset: Recipe?
  private let seconds: Double

  init(_ json: JSON.Object) throws(JSONError) {
    name = try json.string("name")
    tokenizer = try json.string("tokenizer")
    seed = try json.integer("seed", as: UInt64.self)
    seconds = try json.double("seconds")
    switch json["preset"]?.string {
    case "microgpt": preset = .microgpt
    case "sentences": preset = .sentences
    default: preset = nil
    }
  }

  /// Returns the preset or, without one, the recipe for what this device computes in the time, and its data.
  func recipe(for corpus: EncodedCorpus) throws(TrainingError) -> (Recipe, TrainingData) {
    let seed = seed
    if var recipe = preset {
      recipe.seed = seed
      return (recipe, TrainingData(corpus, recipe))
    }
    var chosen = Recipe.suggested(for: corpus, compute: Recipe.ordinaryCompute * seconds / 10) { $0.seed = seed }
    var data = TrainingData(corpus, chosen)
    var speed = try measure(chosen, data, corpus)
    let compute = chosen.compute(in: seconds, at: speed, on: data, corpus)
    chosen = Recipe.suggested(for: corpus, compute: compute) { $0.seed = seed }
    data = TrainingData(corpus, chosen)
    speed = try measure(chosen, data, corpus)
    let time = speed.steps(within: seconds)
    let steps = min(time.steps, chosen.mostSteps(for: corpus))
    let (shape, batch, optimizer) = (chosen.shape, chosen.batch, chosen.optimizer)
    chosen = Recipe.suggested(for: corpus, compute: compute) {
      ($0.seed, $0.shape, $0.batch, $0.optimizer, $0.steps) = (seed, shape, batch, optimizer, steps)
      if steps == time.steps { $0.evaluateEvery = time.evaluateEvery }
    }
    return (chosen, TrainingData(corpus, chosen))
  }

  private func measure(
    _ recipe: Recipe, _ data: TrainingData, _ corpus: EncodedCorpus
  ) throws(TrainingError) -> TrainingSpeed {
    try recipe.measureSpeed(within: seconds, data, vocabulary: corpus.vocabulary) {
      FastEngine(weights: $0, moments: $1)
    }
  }
}
