import GPT

/// The rule for the size of the networks of a model, and for their number.
struct SuggestedSizes {
  let output: OutputCost
  /// The number of tokens of the corpus.
  let tokens: Double
  var compute: Double
  let hasShortDocuments: Bool
  let hasShortTokens: Bool

  /// The layers and hidden sizes to choose from, in the order of their weights.
  private static let sizes = [
    (1, 32), (1, 48), (1, 64), (2, 64), (3, 64), (3, 80), (3, 96), (3, 112), (3, 128), (4, 128), (4, 160), (4, 192),
    (5, 192), (5, 224), (6, 224), (6, 256),
  ]

  /// Returns the number of networks: two, if the run of each is as long as the corpus allows. Documents of as few
  /// tokens as names are better learned by two in fewer epochs too.
  ///
  /// With more compute the networks become larger, and their runs shorter in epochs. So that more compute never means
  /// fewer networks, there are two wherever less compute would give two.
  ///
  /// - Parameter choose: Sets the settings that were chosen.
  func members(choosing choose: (inout Recipe) -> Void) -> Int {
    let epochs = !hasShortDocuments ? Recipe.mostEpochs : hasShortTokens ? 4 : 6
    let areTwo = Self.sizes.contains { size in
      var recipe = Recipe()
      (recipe.shape.layers, recipe.shape.embedding) = size
      recipe.shape.cutoffs = output.suggestedCutoffs(embedding: recipe.shape.embedding)
      choose(&recipe)
      recipe.shape.members = 2
      var least = self
      least.compute = epochs * tokens * recipe.shape.weightsPerToken(output)
      return least.compute <= compute && least.size(members: 2, choosing: choose) == size
    }
    return areTwo ? 2 : 1
  }

  /// Returns the largest size with at most as many weights as the tokens of its run deserve, for one of `members`
  /// networks that share the compute.
  func size(members: Int, choosing choose: (inout Recipe) -> Void) -> (layers: Int, embedding: Int) {
    let chosenCutoffs = cutoffs(choosing: choose)
    return Self.sizes.last { (layers, embedding) in
      var shape = ModelShape()
      (shape.layers, shape.embedding) = (layers, embedding)
      shape.cutoffs = chosenCutoffs ?? output.suggestedCutoffs(embedding: embedding)
      let weights = shape.weightsPerToken(output)
      let planned = compute / Double(members) / weights
      let epochs = planned / tokens
      let repetition = hasShortDocuments || !hasShortTokens ? epochs * epochs : epochs
      return weights <= min(planned / 60 * (1 + repetition / 1.5), 6 * tokens + 1e5, 20 * tokens)
    } ?? Self.sizes[0]
  }

  /// Returns the cutoffs that `choose` sets; `nil` if it leaves them.
  private func cutoffs(choosing choose: (inout Recipe) -> Void) -> [Int]? {
    var recipe = Recipe()
    recipe.shape.cutoffs = [0]
    choose(&recipe)
    return recipe.shape.cutoffs == [0] ? nil : recipe.shape.cutoffs
  }
}
