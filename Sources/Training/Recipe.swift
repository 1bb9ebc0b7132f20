import Datasets
import Files
import GPT

/// The settings that decide what training makes of a corpus.
///
/// Two runs of one recipe on one corpus make the same model, bit for bit. A new setting is a property here and a line
/// in `fields`, or a field of `ModelShape`.
public struct Recipe: Sendable, Equatable {
  // MARK: The model

  /// The sizes of the model.
  public var shape = ModelShape()
  /// The weights of a new model.
  public var initialization = Initialization.normal
  /// The fingerprint of the trained model that the run starts from; `nil` for a new model.
  public var from: String?

  /// The most bytes of the n-gram memory that is made of the training text; 0 for none.
  public var memory = 0

  // MARK: The steps

  /// The number of optimizer steps.
  public var steps = 1000
  /// The number of sequences in a step.
  public var batch = 1
  /// The rule by which gradients change the weights.
  public var optimizer = Optimizer.adam
  /// The peak of the learning rate.
  public var learningRate = 0.01
  /// The peak of Muon's learning rate, for the matrices of the layers. It rises and decays as `learningRate` does.
  public var muonRate = 0.02
  /// The decay of the learning rate after the warmup.
  public var schedule = Schedule.linear
  /// The number of steps over which the learning rate first rises to its peak.
  public var warmup = 0
  /// Adam's decay of the mean gradient.
  public var beta1 = 0.85
  /// Adam's decay of the mean squared gradient.
  public var beta2 = 0.99
  /// The number that Adam adds to the root of the second moment.
  public var epsilon = 1e-8
  /// The decoupled weight decay, a multiple of the learning rate.
  public var weightDecay = 0.0
  /// The norm to which longer gradients are scaled down; `nil` for no limit.
  public var clip: Double?
  /// The number of parts that each batch is split into for several processes. The rounding of the weights depends on
  /// it, and not on the number of processes.
  public var shards = 1

  // MARK: The data

  /// The order of the documents in each epoch.
  public var order = DocumentOrder.shuffled
  /// The treatment of documents longer than the context.
  public var longDocuments = LongDocuments.truncate
  /// The unit that weighs the same in the loss of a batch.
  public var weighting = Weighting.documents
  /// The fraction of positions at which each n-gram table is dropped in training.
  public var ngramDropout = 0.0
  /// The fraction of the elements of each position's embedding that are dropped in training.
  public var embeddingDropout = 0.0
  /// The fraction of input tokens that are replaced by others in training.
  public var tokenNoise = 0.0
  /// The documents that are held out of training and scored.
  public var holdout = Holdout.none
  /// The seed of all random numbers.
  public var seed: UInt64 = 42

  // MARK: Evaluation

  /// The number of steps between two scores of the held-out documents.
  public var evaluateEvery = 100
  /// The number of scores in a row without improvement that end the run; `nil` for no early end.
  public var patience: Int?

  /// microgpt's recipe, from which a program changes what it needs.
  public init() {}

  /// microgpt's recipe, exactly as it was published: it trains on every document and holds none out.
  public static let microgpt = Recipe()

  /// The same for sentences by word: twice as deep and wide, five times as long.
  public static let sentences: Recipe = {
    var recipe = Recipe()
    recipe.shape.layers = 2
    recipe.shape.embedding = 32
    recipe.steps = 5000
    return recipe
  }()

  /// Returns the network for a vocabulary of this size.
  ///
  /// - Parameter vocabulary: The number of tokens including the boundary.
  /// - Throws: `ConfigurationError` where the sizes make no network, or one too large for this machine's memory.
  public func configuration(vocabulary: Int) throws(ConfigurationError) -> Configuration {
    let configuration = try Configuration(shape, vocabulary: vocabulary)
    // Eight floats per parameter: the weight, its transposed copy, the gradient, two moments, and weight and moments
    // again while a file is written.
    let bytes = 32 * Int64(configuration.parameterCount)
    guard bytes <= memoryOfThisMachine else {
      throw ConfigurationError(
        "these sizes and a vocabulary of \(vocabulary) make \(configuration.parameterCount) parameters; training them takes "
          + "\(bytes) bytes of memory, and this machine has \(memoryOfThisMachine). Use fewer layers, a smaller embedding or a "
          + "smaller vocabulary.")
    }
    return configuration
  }

  /// Returns the weights of a new model.
  package func initialWeights(_ configuration: Configuration) -> Weights {
    Weights(configuration, seed: seed, initialization)
  }

  /// The update of the weights in step `step`, counted from 0.
  func update(at step: Int) -> Update {
    let factor = schedule.factor(step: step, of: steps, warmup: warmup)
    return Update(
      step: step + 1, learningRate: learningRate * factor, muonRate: optimizer == .muon ? muonRate * factor : nil,
      beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay, clip: clip, shards: shards)
  }
}

/// The unit that weighs the same in the mean loss of a batch.
public enum Weighting: String, Sendable, CaseIterable {
  /// Every document, long or short, as in microgpt.
  case documents
  /// Every token, as in the held-out loss.
  case tokens
}

extension Recipe {
  /// Checks that the recipe can be trained.
  ///
  /// - Throws: `TrainingError.badRecipe` with a sentence that names the first wrong setting and its range.
  public func check() throws(TrainingError) {
    for field in Self.fields { if let problem = field.problem(self) { throw .badRecipe(problem) } }
    if shards > max(1, batch) { throw .badRecipe("The shards is \(shards); it must be from 1 to the batch, \(batch).") }
    if warmup > steps {
      throw .badRecipe("The warmup is \(warmup); it must be from 0 to the number of steps, \(steps).")
    }
  }

  /// The least number of tokens in a step with Muon. The gradient of a few is too noisy to be made orthogonal, and
  /// below about five tokens for each column of a matrix, Muon computes more than all the rest of a step.
  static func leastMuonTokens(embedding: Int) -> Int { max(256, 5 * embedding) }

  /// Checks that a step has enough tokens for Muon.
  func check(training sequences: Sequences) throws(TrainingError) {
    guard optimizer == .muon && sequences.count > 0 else { return }
    let least = Self.leastMuonTokens(embedding: shape.embedding)
    let tokens = Double(batch) * sequences.meanLength
    guard tokens < Double(least) else { return }
    let needed = Int((Double(least) / sequences.meanLength).rounded(.up))
    throw .badRecipe(
      "Muon needs steps of at least \(least) tokens at an embedding of \(shape.embedding), and a batch of \(batch) has "
        + "about \(Int(tokens)). Use --batch \(needed) or more, or --optimizer adam.")
  }
}
