import Datasets
import GPT
import Training

/// The choice of a recipe, and of its data, for a corpus, the options and the time.
struct RecipeChoice {
  typealias Chosen = (recipe: Recipe, data: TrainingData)

  private let corpus: TrainingCorpus
  private let plan: TrainingPlan
  private var overrides: RecipeOverrides
  /// The corpus of `--validation FILE`.
  private let heldOut: EncodedCorpus?

  init(_ corpus: TrainingCorpus, _ plan: TrainingPlan) throws {
    self.corpus = corpus
    self.plan = plan
    overrides = plan.overrides
    if let fineTuning = corpus.fineTuning { overrides.merge(fineTuning.overrides) }
    heldOut =
      if case .file(let path) = plan.documents.validation {
        try EncodedCorpus(try plan.read([path]), with: corpus.tokenizer, threads: plan.threads)
      } else { nil }
  }

  /// Returns the recipe for an ordinary machine, which is the same on each.
  func ordinary() -> Chosen {
    let recipe = recipe(compute: Recipe.ordinaryCompute * (plan.seconds ?? 10) / 10)
    return (recipe, data(for: recipe))
  }

  /// Returns the recipe of a run that is resumed, whose settings were measured when it began.
  func continued(from recipe: Recipe) -> Chosen {
    var recipe = recipe
    overrides.apply(to: &recipe)
    return (recipe, data(for: recipe))
  }

  /// Returns the recipe for what this machine computes in `seconds`. It has a number of steps, because training by the
  /// clock would not repeat to the bit.
  ///
  /// - Returns: The recipe, its data, and true if the corpus needs less than that time.
  func fitted(to seconds: Double, from ordinary: Chosen) throws -> (Recipe, TrainingData, endsEarly: Bool) {
    let vocabulary = corpus.encoded.vocabulary
    func measure(_ chosen: Chosen) throws -> TrainingSpeed {
      try chosen.recipe.measureSpeed(
        within: seconds, chosen.data, vocabulary: vocabulary, engine: plan.engine.make(threads: plan.threads))
    }
    var speed = try measure(ordinary)
    var left = seconds - speed.measuring
    let compute = ordinary.recipe.compute(in: left, at: speed, on: ordinary.data, vocabulary: vocabulary)
    var chosen = ordinary
    chosen.recipe = recipe(compute: compute)
    if !chosen.recipe.hasSteps(like: ordinary.recipe) {
      chosen.data = data(for: chosen.recipe)
      speed = try measure(chosen)
      left -= speed.measuring
    }
    let time = speed.steps(within: left)
    let most = plan.preset == nil ? chosen.recipe.mostSteps(for: corpus.encoded) : .max
    var fixed = self
    fixed.overrides[\.shape] = chosen.recipe.shape
    fixed.overrides[\.batch] = chosen.recipe.batch
    fixed.overrides[\.optimizer] = chosen.recipe.optimizer
    fixed.overrides[\.steps] = min(time.steps, most)
    if time.steps <= most { fixed.overrides[\.evaluateEvery] = overrides[\.evaluateEvery] ?? time.evaluateEvery }
    return (fixed.recipe(compute: compute), chosen.data, time.steps > most)
  }

  /// Returns the preset, or the recipe that suits the corpus and the computing, with the overrides.
  private func recipe(compute: Double) -> Recipe {
    guard var recipe = plan.preset?.recipe else {
      return .suggested(for: corpus.encoded, compute: compute, overrides)
    }
    overrides.apply(to: &recipe)
    return recipe
  }

  private func data(for recipe: Recipe) -> TrainingData {
    if let heldOut { return TrainingData(corpus.encoded, heldOut: heldOut, recipe) }
    return TrainingData(corpus.encoded, recipe)
  }
}

extension Recipe {
  /// True if a step of this recipe takes as long as one of `other`.
  fileprivate func hasSteps(like other: Recipe) -> Bool {
    shape == other.shape && batch == other.batch && optimizer == other.optimizer
  }
}
