import CommandOptions
import Datasets
import GPT
import Parallelism
import ScalarReference
import Training
import TrainingEngine

/// A published recipe.
enum Preset: String, CaseIterable, ExpressibleByArgument {
  case microgpt, sentences

  var recipe: Recipe {
    switch self {
    case .microgpt: .microgpt
    case .sentences: .sentences
    }
  }

  var tokenizer: String {
    switch self {
    case .microgpt: "character"
    case .sentences: "word"
    }
  }
}

/// The engine that computes the steps.
enum EngineKind: String, CaseIterable, ExpressibleByArgument {
  case fast, scalar

  func make(
    threads: Int, _ processes: any Communicator = SingleProcess()
  ) -> (Weights, Moments) -> any Engine {
    { weights, moments in
      switch self {
      case .fast: fastEngine(weights, moments, threads: threads, processes: processes)
      case .scalar:
        Ensemble(weights, moments) { weights, moments, _ in ScalarEngine(weights: weights, moments: moments) }
      }
    }
  }
}

extension Schedule: ExpressibleByArgument {}
extension DocumentOrder: ExpressibleByArgument {}
extension LongDocuments: ExpressibleByArgument {}
extension Activation: ExpressibleByArgument {}
extension Optimizer: ExpressibleByArgument {}
extension Positions: ExpressibleByArgument {}
extension Initialization: ExpressibleByArgument {}
extension Weighting: ExpressibleByArgument {}

/// The shape of the model.
struct ModelOptions: ParsableArguments {
  @Option(in: .from(1, to: 64), default: "1 to 6, by the corpus and the time", help: "The number of layers.")
  var layers: Int?
  @Option(in: .from(1, to: 16_384), default: "32 to 256, by the corpus and the time", help: "The hidden size.")
  var embedding: Int?
  @Option(
    in: .from(1, to: 1024), default: "one for 16 of the hidden size",
    help: "The number of attention heads, which divides the hidden size.")
  var heads: Int?
  @Option(
    in: .from(2, to: 65_536), default: "what 99% of documents need, at most 64 with one layer and 128 with more",
    help: "The number of tokens that the model sees at once.")
  var context: Int?
  @Option(default: "squared-relu", help: "The nonlinearity of the feed-forward layer.") var activation: Activation?
  @Option(default: "rotary", help: "Learned embeddings of positions, or rotary positions, which have no weights.")
  var positions: Positions?
  @Flag(help: "Normalize the residual stream once more before the output layer (default without a preset).")
  var finalNorm
  @Flag(help: "Leave out that normalization.") var noFinalNorm
  @Option(
    in: .from(0, to: 1 << 24), default: "4096 for characters, 0 for words",
    help: "The rows of the bigram embedding table; 0 for none.")
  var bigrams: Int?
  @Option(
    in: .from(0, to: 1 << 24), default: "4096 and more for characters, 0 for words",
    help: "The rows of the trigram embedding table; 0 for none.")
  var trigrams: Int?

  @Option(
    default: "for many words, by their frequencies",
    help: "The output layer's clusters of rarer tokens, by the numbers at which they begin; none for the full softmax.")
  var cutoffs: Cutoffs?

  @Option(
    default: "auto: 1 or 2, by the corpus and the time; 1 with a preset",
    help: "The number of networks, up to \(ModelShape.mostMembers), whose probabilities the model averages.")
  var members: NetworkCount?

  @Flag(
    help: """
      Train a network that Transformers and llama.cpp have too: rotary positions, a final norm, a squared ReLU, no \
      n-gram tables; by word with --spaces attached.
      """)
  var portable

  @Option(
    default: "auto: twice the network's bytes, or 2000000 if that is more; none with a preset",
    help: "The most bytes of the n-gram memory, which remembers what followed what in the text; none for no memory.")
  var memory: MemoryLimit?

  /// The sizes of the network.
  var shape: RecipeOverrides {
    var overrides = RecipeOverrides()
    overrides[\.shape.layers] = layers
    overrides[\.shape.embedding] = embedding
    overrides[\.shape.heads] = heads
    overrides[\.shape.context] = context
    overrides[\.shape.activation] = portable ? .squaredRelu : activation
    overrides[\.shape.positions] = portable ? .rotary : positions
    overrides[\.shape.finalNorm] = finalNorm || portable ? true : noFinalNorm ? false : nil
    overrides[\.shape.bigrams] = portable ? 0 : bigrams
    overrides[\.shape.trigrams] = portable ? 0 : trigrams
    overrides[\.shape.cutoffs] = portable ? [] : cutoffs?.numbers
    overrides[\.shape.members] = portable ? 1 : members?.number
    return overrides
  }

  var overrides: RecipeOverrides {
    var overrides = shape
    overrides[\.memory] = memory?.bytes
    return overrides
  }

  /// Refuses heads that do not suit the hidden size, before a large corpus is read.
  func validate() throws {
    if finalNorm && noFinalNorm {
      throw ValidationError("--final-norm and --no-final-norm exclude each other; give one")
    }
    try checkPortable()
    guard let embedding, let heads else { return }
    do {
      _ = try Configuration(
        layers: layers ?? 1, embedding: embedding, heads: heads, context: context ?? 16, vocabulary: 2,
        positions: portable ? .rotary : positions ?? .learned)
    } catch {
      throw ValidationError(error.description)
    }
  }

  /// Refuses options that --portable would override.
  private func checkPortable() throws {
    let others: [(option: String, isOther: Bool)] = [
      ("--activation", activation == .relu), ("--positions", positions == .learned), ("--no-final-norm", noFinalNorm),
      ("--bigrams", (bigrams ?? 0) > 0), ("--trigrams", (trigrams ?? 0) > 0),
      ("--cutoffs", cutoffs?.numbers.isEmpty == false), ("--members", (members?.number ?? 1) > 1),
    ]
    if portable, let other = others.first(where: \.isOther) {
      throw ValidationError("--portable and \(other.option) exclude each other; give one")
    }
  }
}

/// The steps and their learning rate.
struct LearningOptions: ParsableArguments {
  @Option(
    in: .atLeast(0), default: "about 10 seconds, at most 16 epochs",
    help: "The number of steps; 0 writes the untrained model.")
  var steps: Int?
  @Option(
    in: .moreThan(0), default: "as long as the steps take",
    help: "About how long to train, or less on a small corpus, instead of --steps.")
  var seconds: Double?
  @Option(
    in: .from(1, to: 1 << 20), default: "as many tokens as there are steps", help: "The number of documents in a step.")
  var batch: Int?
  @Option(
    default: "muon where steps are large",
    help: "The optimizer; muon makes updates of the layers' matrices orthogonal, for large steps.")
  var optimizer: Optimizer?
  @Option(in: .moreThan(0), default: "0.006 and less", help: "The peak of the learning rate.")
  var learningRate: Double?
  @Option(in: .atLeast(0), default: "0.1 and more, by the epochs", help: "The decoupled weight decay.")
  var weightDecay: Double?
  @Option(in: .moreThan(0), default: "no limit", help: "Maximum gradient norm.")
  var clip: Double?

  func validate() throws {
    if steps != nil && seconds != nil { throw ValidationError("--steps and --seconds exclude each other; give one") }
  }

  var overrides: RecipeOverrides {
    var overrides = RecipeOverrides()
    overrides[\.steps] = steps
    overrides[\.batch] = batch
    overrides[\.optimizer] = optimizer
    overrides[\.learningRate] = learningRate
    overrides[\.weightDecay] = weightDecay
    if let clip { overrides[\.clip] = clip }
    return overrides
  }
}

/// Settings that are rarely changed.
struct AdvancedOptions: ParsableArguments {
  @Option(help: "The engine that computes the steps; scalar is the slow reference.") var engine = EngineKind.fast
  @Option(default: "linear", help: "The fall of the learning rate to zero: linear, cosine, or constant for none.")
  var schedule: Schedule?
  @Option(
    in: .atLeast(0), default: "a twentieth of the steps",
    help: "The number of steps over which the learning rate first rises.")
  var warmup: Int?
  @Option(
    default: "zero-outputs", help: "A new model's weights: all random, or zero in the matrices that layers end with.")
  var initialization: Initialization?
  @Option(in: .moreThan(0), default: "0.03", help: "With Muon: the peak of its learning rate.")
  var muonRate: Double?
  @Option(in: .from(0, below: 1), default: "0.85", help: "Adam's decay of the mean gradient.") var beta1: Double?
  @Option(in: .from(0, below: 1), default: "0.99", help: "Adam's decay of the mean squared gradient.")
  var beta2: Double?
  @Option(in: .moreThan(0), default: "1e-08", help: "Adam's term against division by zero.") var epsilon: Double?
  @Option(default: "tokens", help: "The unit that weighs the same in a step: a document or a token.")
  var weighting: Weighting?
  @Option(
    in: .from(0, below: 1), default: "up to 0.3, by the epochs",
    help: "The fraction of positions at which each n-gram table is dropped.")
  var ngramDropout: Fraction?
  @Option(
    in: .from(0, below: 1), default: "up to 0.3 for words, by the epochs",
    help: "The fraction of each embedding's elements that are dropped.")
  var embeddingDropout: Fraction?
  @Option(
    in: .from(0, below: 1), default: "up to 0.1, by the epochs",
    help: "Fraction of input tokens replaced at random.")
  var tokenNoise: Fraction?
  @Option(help: "The order of the documents.") var order = DocumentOrder.shuffled
  @Option(
    in: .from(1, to: 1024), default: "1",
    help: "The number of parts of a batch that several processes (swiftlet-mpi) share.")
  var shards: Int?

  var overrides: RecipeOverrides {
    var overrides = RecipeOverrides()
    overrides[\.schedule] = schedule
    overrides[\.warmup] = warmup
    overrides[\.initialization] = initialization
    overrides[\.muonRate] = muonRate
    overrides[\.beta1] = beta1
    overrides[\.beta2] = beta2
    overrides[\.epsilon] = epsilon
    overrides[\.weighting] = weighting
    overrides[\.ngramDropout] = ngramDropout?.value
    overrides[\.embeddingDropout] = embeddingDropout?.value
    overrides[\.tokenNoise] = tokenNoise?.value
    overrides[\.order] = order
    overrides[\.shards] = shards
    return overrides
  }
}
