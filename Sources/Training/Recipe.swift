import Datasets
import Files
import GPT

/// Every choice that decides what a run makes of a corpus. Two runs of one recipe on one corpus make the same model, bit for bit.
public struct Recipe: Sendable, Equatable {
  // The model.
  /// The number of transformer layers.
  public var layers = 1
  /// The width of the residual stream.
  public var embedding = 16
  /// The number of attention heads in each layer; they divide `embedding`.
  public var heads = 4
  /// The most tokens that the model sees at once.
  public var context = 16
  /// The nonlinearity of the feed-forward layers.
  public var activation = Activation.relu
  /// The number of rows of the bigram table; 0 is no table.
  public var bigrams = 0
  /// The number of rows of the trigram table; 0 is no table.
  public var trigrams = 0

  /// The fingerprint of the trained model that the run begins with, instead of a new one.
  public var from: String?

  // The steps.
  /// The number of optimizer steps.
  public var steps = 1000
  /// How many sequences one step learns from.
  public var batch = 1
  /// The peak of the learning rate.
  public var learningRate = 0.01
  /// The decay of the learning rate after the warm-up.
  public var schedule = Schedule.linear
  /// The number of steps in which the learning rate rises to its peak.
  public var warmup = 0
  /// Adam's decay of the mean of the gradients.
  public var beta1 = 0.85
  /// Adam's decay of the mean of the squared gradients.
  public var beta2 = 0.99
  /// The number that Adam adds to the root of the second moment.
  public var epsilon = 1e-8
  /// The weight decay of AdamW, a multiple of the learning rate.
  public var weightDecay = 0.0
  /// The largest norm of the gradient; a longer gradient is scaled down to it. `nil` is no limit.
  public var clip: Double?
  /// Into how many parts each batch is cut for several processes to share; the model depends on it, by rounding, and not on how many
  /// processes there are.
  public var shards = 1

  // The data.
  /// The order of the documents in each epoch.
  public var order = DocumentOrder.shuffled
  /// The treatment of documents that are longer than the context.
  public var longDocuments = LongDocuments.truncate
  /// The weight of each token in the loss of a batch.
  public var weighting = Weighting.documents
  /// The part of the positions that do without each n-gram table in training, so that the model does not come to lean on them.
  public var ngramDropout = 0.0
  /// The part of the tokens that are read as others in training.
  public var tokenNoise = 0.0
  /// The documents that are held out for scoring.
  public var holdout = Holdout.none
  /// The seed of the initial weights, the order of the documents and every other random choice.
  public var seed: UInt64 = 42

  // Watching it learn.
  /// After how many steps the held-out documents are scored, each time.
  public var evaluateEvery = 100
  /// How many scores in a row may fail to improve before the run ends; `nil` lets it run to its last step.
  public var patience: Int?

  /// microgpt's recipe, exactly as it was published: it learns from every document and holds none out.
  public static let microgpt = Recipe()

  /// The same for sentences by word: twice as deep and wide, five times as long.
  public static let sentences: Recipe = {
    var recipe = Recipe()
    recipe.layers = 2
    recipe.embedding = 32
    recipe.steps = 5000
    return recipe
  }()

  /// The sizes of the model, or an error that says why there can be none, or none that is trained on this machine.
  public func configuration(vocabulary: Int) throws(ConfigurationError) -> Configuration {
    let configuration = try Configuration(
      layers: layers, embedding: embedding, heads: heads, context: context, vocabulary: vocabulary,
      activation: activation, bigrams: bigrams, trigrams: trigrams)
    // Eight floats for each: its weight, that in a transposed matrix, its gradient and two moments; weight and moments for the file.
    let bytes = 32 * configuration.parameterCount
    guard bytes <= memoryOfThisMachine else {
      throw ConfigurationError(
        "these sizes and a vocabulary of \(vocabulary) make \(configuration.parameterCount) parameters; training them takes "
          + "\(bytes) bytes of memory, and this machine has \(memoryOfThisMachine). Use fewer layers, a smaller embedding or a "
          + "smaller vocabulary.")
    }
    return configuration
  }

  /// How step `step`, counted from 0, changes the weights.
  func update(at step: Int) -> Update {
    Update(
      step: step + 1, learningRate: learningRate * schedule.factor(step: step, of: steps, warmup: warmup),
      beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay, clip: clip, shards: shards)
  }
}

/// What weighs the same in the mean loss of a batch.
public enum Weighting: String, Sendable, CaseIterable {
  /// Every document, long or short, as in microgpt.
  case documents
  /// Every token, as in the held-out loss.
  case tokens
}

extension Recipe {
  /// Refuses values that nothing can be trained with.
  public func check() throws(TrainingError) {
    let rules: [(String, Double, Bool, String)] = [
      ("steps", Double(steps), steps >= 0, "0 or more"),
      ("batch", Double(batch), 1...1 << 20 ~= batch, "from 1 to 1048576"),
      ("shards", Double(shards), 1...max(1, batch) ~= shards, "from 1 to the batch, \(batch)"),
      ("learning rate", learningRate, learningRate > 0 && learningRate.isFinite, "above 0"),
      ("warm-up", Double(warmup), 0...max(0, steps) ~= warmup, "from 0 to the number of steps, \(steps)"),
      ("beta1", beta1, 0..<1 ~= beta1, "from 0 to below 1"),
      ("beta2", beta2, 0..<1 ~= beta2, "from 0 to below 1"),
      ("epsilon", epsilon, epsilon > 0 && epsilon.isFinite, "above 0"),
      ("weight decay", weightDecay, weightDecay >= 0 && weightDecay.isFinite, "0 or more"),
      ("ngram-dropout", ngramDropout, 0..<1 ~= ngramDropout, "from 0 to below 1"),
      ("token-noise", tokenNoise, 0..<1 ~= tokenNoise, "from 0 to below 1"),
      ("clip", clip ?? 1, (clip ?? 1) > 0, "above 0"),
      ("evaluate-every", Double(evaluateEvery), evaluateEvery >= 1, "1 or more"),
      ("patience", Double(patience ?? 1), (patience ?? 1) >= 1, "1 or more"),
    ]
    for (name, value, isRight, range) in rules where !isRight {
      let digits = value == value.rounded() && value.magnitude < 1e15 ? "\(Int(value))" : "\(value)"
      throw .badRecipe("The \(name) is \(digits); it must be \(range).")
    }
  }
}
