import Datasets
import GPT

extension Recipe {
  /// A recipe that reaches a good held-out loss on `corpus` in some `seconds`, a few without them, on two cores.
  ///
  /// - The model is 64 wide, with 8 heads. It has 2 layers, for a corpus of a million tokens and more 3, but no more than can meet every
  ///   token 4 times in the seconds.
  /// - Where tokens are as short as characters, below four bytes on average, tables for runs of two and three tokens, of 4,096 rows where
  ///   there are as many, say what often follows them. Words have too many runs for too few of each.
  /// - The context is the least multiple of 8 into which 99 of 100 documents fit whole, up to 64; up to 128 where a million tokens and more
  ///   can be met 4 times. Longer documents become windows.
  /// - A step learns from 8 sequences where there are fewer than 1,000, from 16 below 4,000, otherwise from 32, at a learning
  ///   rate of 0.003, 0.004 or 0.005 (0.004 with tables), which climbs for a twentieth of the steps and then falls to zero in a line; at
  ///   a quarter of that in a run that begins with a trained model. All tokens of a step weigh the same.
  /// - Every token is met 8 times, unless that takes more than 10¹¹ multiplications of a weight by a position for every three of the
  ///   seconds; but there are 200 steps at least.
  /// - A model with tables that has more parameters than the corpus has tokens could learn it by heart. So, for each time beyond the second
  ///   that a token is met, 5 of 100 positions do without each table, up to 30, and 8 of 1,000 tokens are read as others, up to 80.
  /// - A tenth of the documents, but no more than 1,000, is held out and scored 20 times; the best model is kept.
  ///
  /// What `choose` sets stays as it is, and the rest follows from it: a wider model gets fewer steps.
  package static func suggested(
    for corpus: EncodedCorpus, seconds: Double? = nil, _ choose: (inout Recipe) -> Void = { _ in }
  ) -> Recipe {
    var recipe = Recipe()
    recipe.embedding = 64
    recipe.heads = 8
    recipe.activation = .squaredRelu
    if corpus.byteCount < 4 * corpus.tokenCount {
      let vocabulary = min(corpus.vocabulary, 4096)
      recipe.bigrams = min(4096, vocabulary * vocabulary)
      recipe.trigrams = min(4096, vocabulary * vocabulary * vocabulary)
    }
    recipe.longDocuments = .windows
    recipe.weighting = .tokens
    recipe.holdout = .automatic
    recipe.weightDecay = 0.1

    let seconds = seconds ?? 3
    var pieces = 0
    for (layers, context) in corpus.tokenCount < 1_000_000 ? [(2, 64), (1, 64)] : [(3, 128), (2, 128), (1, 64)] {
      recipe.layers = layers
      recipe.context = corpus.suggestedContext(upTo: context)
      choose(&recipe)
      pieces = corpus.pieces(context: recipe.context)
      recipe.batch = pieces < 1000 ? 8 : pieces < 4000 ? 16 : 32
      choose(&recipe)
      if recipe.suggestedSteps(for: corpus, pieces: pieces, seconds: seconds) >= recipe.steps(4, over: pieces) { break }
    }
    let hasTables = recipe.bigrams > 0 || recipe.trigrams > 0
    recipe.learningRate = recipe.batch < 16 ? 0.003 : recipe.batch < 32 || hasTables ? 0.004 : 0.005
    if recipe.from != nil { recipe.learningRate /= 4 }
    recipe.steps = recipe.suggestedSteps(for: corpus, pieces: pieces, seconds: seconds)
    choose(&recipe)
    recipe.warmup = recipe.steps / 20
    recipe.evaluateEvery = max(1, recipe.steps / 20)
    let parameters = (try? recipe.configuration(vocabulary: corpus.vocabulary))?.parameterCount ?? 0
    if hasTables && corpus.tokenCount < parameters {
      let times = Double(recipe.steps) / Double(recipe.steps(1, over: pieces))
      recipe.ngramDropout = min(0.3, max(0, 0.05 * (times - 2)))
      recipe.tokenNoise = min(0.08, max(0, 0.008 * (times - 2)))
    }
    choose(&recipe)
    return recipe
  }

  /// In how many steps each of `pieces` is met so many times.
  private func steps(_ times: Int, over pieces: Int) -> Int { max(1, times * pieces / batch) }

  /// Documents of `corpus` become `pieces` when each token is counted once.
  private func suggestedSteps(for corpus: EncodedCorpus, pieces: Int, seconds: Double) -> Int {
    let epochs = steps(8, over: pieces)
    let matrices = Double(layers * 12 * embedding * embedding + corpus.vocabulary * embedding)
    let positions = Double(corpus.tokenCount + corpus.documentCount) / Double(max(1, pieces)) * Double(batch)
    return max(200, min(epochs, Int(min(1e15, seconds / 3 * 1e11 / (matrices * positions)))))
  }
}

extension EncodedCorpus {
  /// Into how many parts the context divides the documents.
  fileprivate func pieces(context: Int) -> Int {
    lengths.reduce(0) { $0 + Windowing.consecutive.count(of: Int($1) + 1, context: context) }
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
