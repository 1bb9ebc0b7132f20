import Datasets
import GPT
import Training

/// The choice of a recipe, and of its data, for a corpus, the options and the time.
struct RecipeChoice {
  struct Chosen {
    var recipe: Recipe
    var data: TrainingData
    /// True if the corpus needs less than the time that was given.
    var endsEarly = false
  }

  private let corpus: TrainingCorpus
  private let plan: TrainingPlan
  private var overrides: RecipeOverrides
  /// The corpus of `--validation FILE`.
  private let heldOut: EncodedCorpus?

  init(_ corpus: TrainingCorpus, _ plan: TrainingPlan) throws {
    self.corpus = corpus
    self.plan = plan
    overrides = plan.overrides
    if let fineTuning = corpus.fineTuning {
      overrides.merge(try fineTuning.overrides(on: corpus.encoded, context: plan.overrides[\.shape.context]))
    }
    heldOut =
      if case .file(let path) = plan.documents.validation {
        try EncodedCorpus(try plan.read([path]), with: corpus.tokenizer, threads: plan.threads)
      } else { nil }
  }

  /// The recipe for an ordinary machine, which is the same on every one.
  var ordinary: Recipe { recipe(compute: Recipe.ordinaryCompute * (plan.seconds ?? 10) / 10) }

  /// Returns `recipe` with its data.
  func chosen(_ recipe: Recipe) -> Chosen {
    let data =
      heldOut.map { TrainingData(corpus.encoded, heldOut: $0, recipe) } ?? TrainingData(corpus.encoded, recipe)
    return Chosen(recipe: recipe, data: data)
  }

  /// Returns the recipe of a run that is resumed, whose settings were measured when it began.
  func continued(from recipe: Recipe) -> Chosen {
    var recipe = recipe
    overrides.apply(to: &recipe)
    return chosen(recipe)
  }

  /// Returns the recipe for what this machine computes in `seconds`. It has a number of steps, because training by the
  /// clock would not repeat to the bit.
  func fitted(to seconds: Double, from ordinary: Recipe) throws -> Chosen {
    let vocabulary = corpus.encoded.vocabulary
    func measure(_ chosen: Chosen) throws -> TrainingSpeed {
      try chosen.recipe.measureSpeed(
        within: seconds, chosen.data, vocabulary: vocabulary, engine: plan.engine.make(threads: plan.threads))
    }
    var chosen = chosen(ordinary)
    var speed = try measure(chosen)
    var left = seconds - speed.measuring
    let compute = ordinary.compute(in: left, at: speed, on: chosen.data, corpus.encoded)
    let better = recipe(compute: compute)
    if !better.hasSameSteps(as: ordinary) {
      chosen = self.chosen(better)
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
    chosen.recipe = fixed.recipe(compute: compute)
    chosen.endsEarly = time.steps > most
    return chosen
  }

  /// Returns the preset, or the recipe that suits the corpus and the compute, with the overrides.
  private func recipe(compute: Double) -> Recipe {
    guard var recipe = plan.preset?.recipe else {
      return .suggested(for: corpus.encoded, compute: compute, overrides)
    }
    overrides.apply(to: &recipe)
    return recipe
  }
}

extension Recipe {
  /// True if a step of this recipe takes as long as one of `other`.
  fileprivate func hasSameSteps(as other: Recipe) -> Bool {
    shape == other.shape && batch == other.batch && optimizer == other.optimizer
  }
}
