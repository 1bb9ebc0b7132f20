import Datasets
import GPT

/// A recipe and its data, chosen for what this machine computes in a time.
package struct FittedRecipe {
  package var recipe: Recipe
  package var data: TrainingData
  /// True if the corpus needs less than the time that was given.
  package var endsEarly = false

  package init(recipe: Recipe, data: TrainingData) { (self.recipe, self.data) = (recipe, data) }

  /// Measures the speed of `ordinary`, and of the recipe for what the machine computes at that speed. The result has a
  /// number of steps, because training by the clock would not repeat to the bit.
  ///
  /// - Parameters:
  ///   - seconds: The time for training, with these measurements and with the n-gram memory.
  ///   - isPreset: True if only the number of steps may change.
  ///   - data: Splits the corpus as a recipe says.
  ///   - recipe: Returns the recipe for an amount of compute, in which a function sets what was chosen before all else.
  package init(
    to seconds: Double, from ordinary: Recipe, on corpus: EncodedCorpus, isPreset: Bool,
    data: (Recipe) -> TrainingData, recipe: (_ compute: Double, _ choose: (inout Recipe) -> Void) -> Recipe,
    engine: @escaping (Weights, Moments) -> any Engine
  ) throws(TrainingError) {
    self.init(recipe: ordinary, data: data(ordinary))
    let vocabulary = corpus.vocabulary
    var speed = try ordinary.measureSpeed(within: seconds, self.data, vocabulary: vocabulary, engine: engine)
    var left = seconds - speed.measuring
    let compute = ordinary.compute(in: speed.trainingTime(within: left), at: speed, on: self.data, corpus)
    let better = recipe(compute) { _ in }
    if !better.hasSameSteps(as: ordinary) {
      self.init(recipe: better, data: data(better))
      speed = try better.measureSpeed(within: seconds, self.data, vocabulary: vocabulary, engine: engine)
      left -= speed.measuring
    }
    let measured = self.recipe
    let time = speed.steps(within: speed.trainingTime(within: left))
    let most = isPreset ? .max : measured.mostSteps(for: corpus)
    self.recipe = recipe(compute) {
      ($0.shape, $0.batch, $0.optimizer, $0.steps) = (
        measured.shape, measured.batch, measured.optimizer, min(time.steps, most)
      )
      if time.steps <= most { $0.evaluateEvery = time.evaluateEvery }
    }
    endsEarly = time.steps > most
  }
}

extension Recipe {
  /// True if a step of this recipe takes as long as one of `other`.
  fileprivate func hasSameSteps(as other: Recipe) -> Bool {
    shape == other.shape && batch == other.batch && optimizer == other.optimizer
  }
}
