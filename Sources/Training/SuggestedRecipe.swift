import Datasets
import GPT

extension Recipe {
  /// Returns a recipe that reaches a good held-out loss on `corpus`.
  ///
  /// - The model has a hidden size of 64 and 8 heads. It has 2 layers, or 3 for a corpus of a million tokens and more,
  ///   but fewer where the time does not suffice for 4 epochs.
  /// - Where tokens are short, below four bytes on average, the model has tables of up to 4,096 bigrams and trigrams.
  ///   Words have too many n-grams, each too rare.
  /// - The context is the smallest multiple of 8 that holds 99 of 100 documents, up to 64; up to 128 where the time
  ///   suffices for 4 epochs of a million tokens and more. Longer documents become windows.
  /// - A batch has 8 sequences where there are fewer than 1,000, 16 below 4,000, and otherwise 32. The learning rate is
  ///   0.003, 0.004 or 0.005 (0.004 with n-gram tables), and a quarter of that for fine-tuning, as of Muon's rate.
  ///   It rises for a twentieth of the steps and then falls linearly to zero. All tokens of a step weigh the same.
  /// - Training takes 8 epochs, or as many as 10¹¹ multiplications of a weight by a position allow for every three
  ///   seconds, but at least 200 steps.
  /// - A model with n-gram tables that has more parameters than the corpus has tokens could memorize it. For each epoch
  ///   beyond the second, n-gram dropout rises by 0.05 (up to 0.3) and token noise by 0.008 (up to 0.08).
  /// - A tenth of the documents, at most 1,000, is held out and scored 20 times; the best model is kept.
  ///
  /// - Parameters:
  ///   - seconds: The time for training on two cores; 3 if it is `nil`.
  ///   - overrides: Settings that stay as they are. The rest follows from them: a wider model gets fewer steps.
  package static func suggested(
    for corpus: EncodedCorpus, seconds: Double? = nil, _ overrides: RecipeOverrides = RecipeOverrides()
  ) -> Recipe {
    var recipe = Recipe()
    func suggest<Value>(_ path: WritableKeyPath<Recipe, Value>, _ value: Value) {
      if !overrides.contains(path) { recipe[keyPath: path] = value }
    }
    /// The shape of a trained model is one override.
    func suggestSize<Value>(_ path: WritableKeyPath<Recipe, Value>, _ value: Value) {
      if !overrides.contains(\.shape) { suggest(path, value) }
    }

    suggestSize(\.shape.embedding, 64)
    suggestSize(\.shape.heads, 8)
    suggestSize(\.shape.activation, .squaredRelu)
    if corpus.byteCount < 4 * corpus.tokenCount {
      let vocabulary = min(corpus.vocabulary, 4096)
      suggestSize(\.shape.bigrams, min(4096, vocabulary * vocabulary))
      suggestSize(\.shape.trigrams, Int(min(4096, Int64(vocabulary) * Int64(vocabulary) * Int64(vocabulary))))
    }
    suggest(\.longDocuments, .windows)
    suggest(\.weighting, .tokens)
    suggest(\.holdout, .automatic)
    suggest(\.weightDecay, 0.1)
    overrides.apply(to: &recipe)

    let seconds = seconds ?? 3
    var windows = 0
    for (layers, context) in corpus.tokenCount < 1_000_000 ? [(2, 64), (1, 64)] : [(3, 128), (2, 128), (1, 64)] {
      suggestSize(\.shape.layers, layers)
      suggestSize(\.shape.context, corpus.suggestedContext(upTo: context))
      windows = corpus.windowCount(context: recipe.shape.context)
      suggest(\.batch, windows < 1000 ? 8 : windows < 4000 ? 16 : 32)
      let steps = recipe.suggestedSteps(for: corpus, windows: windows, seconds: seconds)
      if steps >= recipe.steps(epochs: 4, of: windows) { break }
    }
    let hasTables = recipe.shape.bigrams > 0 || recipe.shape.trigrams > 0
    let learningRate = recipe.batch < 16 ? 0.003 : recipe.batch < 32 || hasTables ? 0.004 : 0.005
    suggest(\.learningRate, recipe.from == nil ? learningRate : learningRate / 4)
    if recipe.optimizer == .muon && recipe.from != nil { suggest(\.muonRate, recipe.muonRate / 4) }
    suggest(\.steps, recipe.suggestedSteps(for: corpus, windows: windows, seconds: seconds))
    suggest(\.warmup, recipe.steps / 20)
    suggest(\.evaluateEvery, max(1, recipe.steps / 20))
    let parameters = (try? recipe.configuration(vocabulary: corpus.vocabulary))?.parameterCount ?? 0
    if hasTables && corpus.tokenCount < parameters {
      let epochs = Double(recipe.steps) / Double(recipe.steps(epochs: 1, of: windows))
      suggest(\.ngramDropout, min(0.3, max(0, 0.05 * (epochs - 2))))
      suggest(\.tokenNoise, min(0.08, max(0, 0.008 * (epochs - 2))))
    }
    return recipe
  }

  /// The number of steps in so many epochs of `windows` sequences.
  private func steps(epochs: Int, of windows: Int) -> Int { max(1, epochs * windows / batch) }

  /// - Parameter windows: The number of sequences that the documents make when each token is counted once.
  private func suggestedSteps(for corpus: EncodedCorpus, windows: Int, seconds: Double) -> Int {
    let epochs = steps(epochs: 8, of: windows)
    let matrices = Double(shape.layers * 12 * shape.embedding * shape.embedding + corpus.vocabulary * shape.embedding)
    let positions = Double(corpus.tokenCount + corpus.documentCount) / Double(max(1, windows)) * Double(batch)
    return max(200, Int(min(Double(epochs), seconds / 3 * 1e11 / (matrices * positions))))
  }
}

extension EncodedCorpus {
  /// The number of windows of the context's length that cover each token once.
  fileprivate func windowCount(context: Int) -> Int {
    lengths.reduce(0) { $0 + (Int($1) + context) / context }
  }

  fileprivate func suggestedContext(upTo limit: Int) -> Int {
    let choices = Array(stride(from: 8, through: limit, by: 8))
    var counts = Array(repeating: 0, count: choices.count + 1)
    for length in lengths { counts[min(Int(length) / 8, choices.count)] += 1 }
    var fitting = 0
    for (index, context) in choices.enumerated() {
      fitting += counts[index]
      if 100 * fitting >= 99 * documentCount { return context }
    }
    return choices[choices.count - 1]
  }
}
