import Datasets
import GPT
import Support

extension Recipe {
  /// The compute of two ordinary cores in about ten seconds, in products of a weight and a token.
  package static let ordinaryCompute = 3e11

  /// The most epochs that a run takes. More of them make a model worse, and a larger model makes it better.
  static let mostEpochs = 16.0

  /// Returns a recipe that reaches a good held-out loss on `corpus` with so much compute. docs/decisions.md has the
  /// measurements that it follows from.
  ///
  /// - The model is the largest that `compute` can train: its run has 60 tokens per weight of a matrix, and fewer
  ///   if they repeat the corpus many times, since a larger model learns more from each of them. A corpus of few tokens
  ///   gets at most 6 weights for each, besides 100,000, and a run of at most 16 epochs.
  /// - There are two networks where a corpus is too small for the compute of one.
  /// - A short list of sentences in short tokens, of which nothing is held out, is learned by heart: two layers of 64,
  ///   which can carry a word of a question into its answer, 1,000 steps and no token noise.
  /// - Positions are rotary, the residual stream is normalized before the output layer, and heads have 16 elements.
  ///   Where tokens are short, below four bytes on average, the model has tables of 4,096 bigrams and of 4,096 trigrams
  ///   or more. Words have too many n-grams, each too rare. Documents as short as names, below twelve tokens on
  ///   average, are learned better without where the tables could memorize them (in more than six epochs, with more
  ///   numbers than the corpus has tokens) and the model has three layers or the corpus is tiny.
  /// - The context is the smallest multiple of 8 that holds 99 of 100 documents, up to 64 in models of one layer and
  ///   128 in others. Longer documents become windows.
  /// - A step has as many tokens as there are steps, up to 4,096, and enough for Muon in all but the smallest runs.
  ///   Muon trains the layers where it can. Rates rise for a twentieth of the steps and then fall linearly to zero.
  ///   Fine-tuning has a quarter of them.
  /// - Weight decay and n-gram dropout rise with the number of epochs and with the parameters for each token of the
  ///   corpus, and token noise where tokens are short. Where they are as long as words, all but the smallest models
  ///   drop elements of the embeddings instead: more from the fourth epoch to the eighth, and half as many in documents
  ///   below twelve tokens as in those above 24.
  /// - Where it takes less than half the time, as for many words, the output layer is an adaptive softmax, with the
  ///   cutoffs that take the least time at the frequencies of the tokens. What counts as a weight above is what a token
  ///   is multiplied by on average.
  /// - An n-gram memory may take twice the bytes of the network, or two million.
  /// - A tenth of at least 100 documents, at most 1,000, is held out and scored 20 times; the best model is kept.
  ///
  /// - Parameters:
  ///   - compute: The compute, in products of a weight and a token.
  ///   - choose: Sets the settings that were chosen. The rest follows from them: a wider model gets fewer steps.
  package static func suggested(
    for corpus: EncodedCorpus, compute: Double = ordinaryCompute, choosing choose: (inout Recipe) -> Void = { _ in }
  ) -> Recipe {
    var recipe = Recipe()
    /// Makes a suggestion, which has no effect on the settings that were chosen.
    func suggest(_ suggestion: (inout Recipe) -> Void) {
      suggestion(&recipe)
      choose(&recipe)
    }
    choose(&recipe)

    let tokens = Double(max(1, corpus.tokenCount + corpus.documentCount))
    let hasShortDocuments = tokens < 12 * Double(corpus.documentCount)
    let hasShortTokens = corpus.byteCount < 4 * corpus.tokenCount
    let output = OutputCost(corpus)
    let sizes = SuggestedSizes(
      output: output, tokens: tokens, compute: compute, hasShortDocuments: hasShortDocuments,
      hasShortTokens: hasShortTokens)
    let learnsByHeart = corpus.isShortListOfSentences && compute > ordinaryCompute / 3
    if !learnsByHeart { suggest { $0.shape.members = sizes.members(choosing: choose) } }
    var size = sizes.size(members: recipe.shape.members, choosing: choose)
    if learnsByHeart && size < (2, 64) { size = (2, 64) }
    suggest { $0.shape.layers = size.layers }
    suggest { $0.shape.embedding = size.embedding }
    suggest { $0.shape.heads = suggestedHeads($0.shape.embedding) }
    suggest { $0.shape.context = corpus.suggestedContext(upTo: $0.shape.layers == 1 ? 64 : 128) }
    suggest { $0.shape.activation = .squaredRelu }
    suggest { $0.shape.finalNorm = true }
    suggest { $0.shape.cutoffs = output.suggestedCutoffs(embedding: $0.shape.embedding) }
    if recipe.shape.headSize.isMultiple(of: 2) { suggest { $0.shape.positions = .rotary } }
    let weights = recipe.shape.weightsPerToken(output)
    let planned = min(compute / weights, mostEpochs * tokens)
    let memorizes = planned > 6 * tokens && Double(4096 * recipe.shape.embedding) > tokens
    let isDeepOrTiny = recipe.shape.layers >= 3 || tokens < 10_000
    if hasShortTokens && !(hasShortDocuments && memorizes && isDeepOrTiny) {
      let vocabulary = Int64(min(corpus.vocabulary, 4096))
      let trigrams = min(max(4096, (corpus.tokenCount / 200).roundedDownToPowerOfTwo), 1 << 16)
      suggest { $0.shape.bigrams = Int(min(4096, vocabulary * vocabulary)) }
      suggest { $0.shape.trigrams = Int(min(Int64(trigrams), vocabulary * vocabulary * vocabulary)) }
    }
    suggest { $0.memory = $0.suggestedMemory(vocabulary: corpus.vocabulary) }
    suggest { $0.initialization = .zeroOutputs }
    suggest { $0.longDocuments = .windows }
    suggest { $0.weighting = .tokens }
    suggest { $0.holdout = .automatic }

    let perSequence = corpus.meanLength(context: recipe.shape.context)
    let leastForMuon = 1.2 * Double(leastMuonTokens(embedding: recipe.shape.embedding))
    let step = max(planned.squareRoot(), planned < 4e4 ? 0 : leastForMuon)
    suggest { $0.batch = max(4, Int((min(4096, step) / perSequence).rounded())) }
    let perStep = Double(recipe.batch) * perSequence
    suggest { $0.steps = min(max(1, Int(compute / weights / perStep)), $0.mostSteps(for: corpus)) }
    suggest { $0.warmup = $0.steps / 20 }
    suggest { $0.evaluateEvery = max(1, $0.steps / 20) }

    suggest { $0.optimizer = 1.1 * perStep >= leastForMuon ? .muon : .adam }
    let epochs = Double(recipe.steps) * perStep / tokens
    let regularization = recipe.regularization(for: corpus, epochs: epochs)
    if hasShortTokens && !learnsByHeart { suggest { $0.tokenNoise = (0.1 * regularization).rounded(toParts: 1000) } }
    if !hasShortTokens && recipe.shape.layers * recipe.shape.embedding >= 64 {
      let most = 0.15 * min(2, max(1, tokens / Double(corpus.documentCount) / 12))
      suggest { $0.embeddingDropout = (most * min(1, max(0, (epochs - 4) / 4))).rounded(toParts: 100) }
    }
    if recipe.shape.bigrams > 0 || recipe.shape.trigrams > 0 {
      suggest { $0.ngramDropout = (0.3 * regularization).rounded(toParts: 100) }
    }
    let width = max(1, Double(recipe.shape.embedding) / 64).squareRoot()
    let fraction = recipe.from == nil ? 1.0 : 0.25
    if recipe.optimizer == .muon {
      suggest { $0.learningRate = (0.006 * fraction / width).rounded(toParts: 100_000) }
      suggest { $0.muonRate = (0.03 * fraction).rounded(toParts: 100_000) }
      suggest { $0.weightDecay = (0.1 + 0.3 * regularization).rounded(toParts: 100) }
    } else {
      suggest { $0.learningRate = (0.004 * fraction / width).rounded(toParts: 100_000) }
      suggest { $0.weightDecay = (0.1 + 1.9 * min(1, regularization)).rounded(toParts: 100) }
    }
    return recipe
  }

  /// Returns the size of the memory: up to twice that of a network, and up to two million bytes for a small one.
  private func suggestedMemory(vocabulary: Int) -> Int {
    max(2_000_000, 8 * ((try? configuration(vocabulary: vocabulary))?.parameterCount ?? 0) / shape.members)
  }

  /// Returns how much a run needs regularization, from 0 to 1.5: it rises with the epochs, and with the parameters for
  /// each token.
  private func regularization(for corpus: EncodedCorpus, epochs: Double) -> Double {
    let parameters = (try? configuration(vocabulary: corpus.vocabulary))?.parameterCount ?? 0
    let tokens = max(1, corpus.tokenCount + corpus.documentCount)
    let perToken = Double(parameters) / Double(shape.members * tokens)
    let size =
      perToken < 16
      ? min(1, max(0, (perToken - 0.5) / 3.5))
      : min(1.5, 1 + naturalLogarithm(perToken / 16) / (3 * naturalLogarithm(2)))
    return min(1, max(0, (epochs - 2) / (Self.mostEpochs - 2))) * size
  }

  /// Returns the number of steps after which more make the model worse.
  package func mostSteps(for corpus: EncodedCorpus) -> Int {
    let tokens = Double(corpus.tokenCount + corpus.documentCount)
    return max(
      corpus.isShortListOfSentences ? 1000 : 100,
      Int(Self.mostEpochs * tokens / (Double(batch) * corpus.meanLength(context: shape.context))))
  }

  /// Returns the number of heads with an even number of elements each, as near to 16 as possible.
  private static func suggestedHeads(_ embedding: Int) -> Int {
    let choices = (1...max(1, embedding)).filter { embedding.isMultiple(of: $0) }
    let even = choices.filter { (embedding / $0).isMultiple(of: 2) }
    return (even.isEmpty ? choices : even).min { abs(embedding / $0 - 16) < abs(embedding / $1 - 16) } ?? 1
  }
}

extension ModelShape {
  fileprivate var headSize: Int { embedding / max(1, heads) }

  /// The weights that are multiplied by a token, on average: those of the layers and of the output layers.
  package func weightsPerToken(_ output: OutputCost) -> Double {
    let layers = Double(layers) * 12 * Double(embedding) * Double(embedding)
    return Double(members) * (layers + output.weights(embedding: embedding, cutoffs: cutoffs))
  }
}

extension Double {
  /// The nearest multiple of 1 / `parts`, so that files and messages have few digits.
  fileprivate func rounded(toParts parts: Double) -> Double { (self * parts).rounded() / parts }
}

extension Int {
  fileprivate var roundedDownToPowerOfTwo: Int { self < 1 ? 1 : 1 << (bitWidth - 1 - leadingZeroBitCount) }
}

extension EncodedCorpus {
  /// True for fewer than 100 documents, longer than names, of fewer than 10,000 tokens, which are shorter than words.
  fileprivate var isShortListOfSentences: Bool {
    documentCount < 100 && tokenCount < 10_000 && tokenCount >= 11 * documentCount && byteCount < 4 * tokenCount
  }

  /// The mean number of predictions of a document, or of a window of a longer one.
  fileprivate func meanLength(context: Int) -> Double {
    let windows = lengths.reduce(0) { $0 + (Int($1) + context) / context }
    return Double(tokenCount + documentCount) / Double(max(1, windows))
  }

  /// The smallest multiple of 8 that holds 99 of 100 documents, or `limit`.
  func suggestedContext(upTo limit: Int) -> Int {
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
