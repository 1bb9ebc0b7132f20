import Datasets

/// A choice of some settings of a recipe, which a rule or a preset completes.
///
///     var overrides = RecipeOverrides()
///     overrides[\.shape.layers] = 2
///     let recipe = Recipe.suggested(for: corpus, overrides)
package struct RecipeOverrides: Sendable {
  package typealias Path<Value> = WritableKeyPath<Recipe, Value> & Sendable

  private struct Setting: Sendable {
    let path: PartialKeyPath<Recipe> & Sendable
    let value: any Sendable
    let apply: @Sendable (inout Recipe) -> Void
  }

  private var settings: [Setting] = []

  package init() {}

  package var isEmpty: Bool { settings.isEmpty }

  /// The chosen value of a setting; `nil` where the choice is left to the rule.
  package subscript<Value: Sendable>(path: Path<Value>) -> Value? {
    get { settings.first { $0.path == path }?.value as? Value }
    set {
      settings.removeAll { $0.path == path }
      guard let newValue else { return }
      settings.append(Setting(path: path, value: newValue) { $0[keyPath: path] = newValue })
    }
  }

  /// Adds the settings of `other`, which replace those chosen before.
  package mutating func merge(_ other: RecipeOverrides) {
    settings.removeAll { setting in other.settings.contains { $0.path == setting.path } }
    settings += other.settings
  }

  /// Sets the chosen settings of `recipe` and leaves the others.
  package func apply(to recipe: inout Recipe) {
    for setting in settings { setting.apply(&recipe) }
  }
}

extension Recipe {
  /// Returns the recipe that suits `corpus` and the compute, with these overrides.
  package static func suggested(
    for corpus: EncodedCorpus, compute: Double = ordinaryCompute, _ overrides: RecipeOverrides
  ) -> Recipe {
    suggested(for: corpus, compute: compute, choosing: overrides.apply)
  }
}
