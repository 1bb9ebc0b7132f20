import Datasets
import GPT
import Training

/// The choice of a recipe, and of its data, for a corpus, the options and the time.
struct RecipeChoice {
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
  func chosen(_ recipe: Recipe) -> FittedRecipe { FittedRecipe(recipe: recipe, data: data(for: recipe)) }

  private func data(for recipe: Recipe) -> TrainingData {
    heldOut.map { TrainingData(corpus.encoded, heldOut: $0, recipe) } ?? TrainingData(corpus.encoded, recipe)
  }

  /// Returns the recipe of a run that is resumed, whose settings were measured when it began.
  func continued(from recipe: Recipe) -> FittedRecipe {
    var recipe = recipe
    overrides.apply(to: &recipe)
    return chosen(recipe)
  }

  /// Returns the recipe for what this machine computes in `seconds`.
  func fitted(to seconds: Double, from ordinary: Recipe) throws -> FittedRecipe {
    try FittedRecipe(
      to: seconds, from: ordinary, on: corpus.encoded, isPreset: plan.preset != nil, data: data, recipe: recipe,
      engine: plan.engine.make(threads: plan.threads))
  }

  /// Returns the preset, or the recipe that suits the corpus and the compute, with the overrides.
  ///
  /// - Parameter choose: Sets further settings before the overrides.
  private func recipe(compute: Double, choosing choose: (inout Recipe) -> Void = { _ in }) -> Recipe {
    guard var recipe = plan.preset?.recipe else {
      return .suggested(for: corpus.encoded, compute: compute) {
        choose(&$0)
        overrides.apply(to: &$0)
      }
    }
    choose(&recipe)
    overrides.apply(to: &recipe)
    return recipe
  }
}
