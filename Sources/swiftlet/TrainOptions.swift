import CommandOptions
import Datasets
import GPT
import Inference
import ModelFiles
import Parallelism
import ScalarReference
import Support
import Tokenization
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

/// What computes the steps.
enum EngineKind: String, CaseIterable, ExpressibleByArgument {
  case fast, scalar

  func make(
    threads: Int, _ processes: any Communicator = SingleProcess()
  ) -> (Weights, Moments) -> any Engine {
    { weights, moments in
      switch self {
      case .fast: FastEngine(weights: weights, moments: moments, threads: threads, processes: processes)
      case .scalar: ScalarEngine(weights: weights, moments: moments)
      }
    }
  }
}

extension Schedule: ExpressibleByArgument {}
extension DocumentOrder: ExpressibleByArgument {}
extension LongDocuments: ExpressibleByArgument {}

extension Activation: ExpressibleByArgument {}
extension Weighting: ExpressibleByArgument {}

/// What the model is.
struct ModelOptions: ParsableArguments {
  @Option(in: .from(1, to: 64), default: "1 to 3, by the corpus and the time", help: "How many layers.") var layers:
    Int?
  @Option(in: .from(1, to: 16_384), default: "64", help: "How wide the model is.") var embedding: Int?
  @Option(in: .from(1, to: 1024), default: "8", help: "How many heads attention has; they divide the width.")
  var heads: Int?
  @Option(
    in: .from(2, to: 65_536), default: "what most documents need, at most 64, or 128 for much text and time",
    help: "How many tokens it sees at once.")
  var context: Int?

  @Option(default: "squared-relu", help: "What stands between the two matrices of the feed-forward layer.")
  var activation: Activation?
  @Option(
    in: .from(0, to: 1 << 24), default: "4096 for characters, 0 for words",
    help: "The rows of a table for runs of two tokens; 0 is none.")
  var bigrams: Int?
  @Option(in: .from(0, to: 1 << 24), default: "4096 for characters, 0 for words", help: "The same for runs of three.")
  var trigrams: Int?

  var areGiven: Bool {
    layers != nil || embedding != nil || heads != nil || context != nil || activation != nil || bigrams != nil
      || trigrams != nil
  }

  /// Refuses sizes that cannot be before a large corpus is read.
  func validate() throws {
    guard let embedding, let heads else { return }
    do {
      _ = try Configuration(
        layers: layers ?? 1, embedding: embedding, heads: heads, context: context ?? 16, vocabulary: 2)
    } catch {
      throw ValidationError(error.description)
    }
  }

  func apply(to recipe: inout Recipe) {
    set(&recipe.layers, layers)
    set(&recipe.embedding, embedding)
    set(&recipe.heads, heads)
    set(&recipe.context, context)
    set(&recipe.activation, activation)
    set(&recipe.bigrams, bigrams)
    set(&recipe.trigrams, trigrams)
  }
}

/// How the model learns.
struct LearningOptions: ParsableArguments {
  @Option(
    in: .atLeast(0), default: "8 times through the corpus, or less",
    help: "How many steps; 0 writes the untrained model.")
  var steps: Int?
  @Option(in: .moreThan(0), default: "as long as the steps take", help: "Instead of steps: about how long to train.")
  var seconds: Double?
  @Option(in: .from(1, to: 1 << 20), default: "8 to 32", help: "How many documents one step learns from.")
  var batch: Int?
  @Option(
    in: .from(1, to: 1024), default: "1",
    help: "Into how many parts a batch is cut for several processes (swiftlet-mpi) to share; one process takes all.")
  var shards: Int?
  @Option(in: .moreThan(0), default: "0.003 to 0.005, by the batch", help: "The learning rate at its peak.")
  var learningRate: Double?
  @Option(default: "linear", help: "How the learning rate falls: to zero in a line or along a cosine, or not.")
  var schedule: Schedule?
  @Option(in: .atLeast(0), default: "a twentieth of all", help: "Over how many steps the learning rate first climbs.")
  var warmup: Int?
  @Option(in: .from(0, below: 1), default: "0.85", help: "Adam's memory of gradients.") var beta1: Double?
  @Option(in: .from(0, below: 1), default: "0.99", help: "Adam's memory of their squares.") var beta2: Double?
  @Option(in: .moreThan(0), default: "1e-08", help: "What Adam adds before it divides.") var epsilon: Double?
  @Option(in: .atLeast(0), default: "0.1", help: "How fast unused weights shrink (decoupled weight decay).")
  var weightDecay: Double?
  @Option(default: "tokens", help: "What weighs the same in a step: every document, or every token.")
  var weighting: Weighting?
  @Option(
    in: .from(0, below: 1), default: "up to 0.3 where a corpus could be learned by heart",
    help: "The part of the positions that do without each n-gram table while it learns.")
  var ngramDropout: Double?
  @Option(
    in: .from(0, below: 1), default: "up to 0.08 where a corpus could be learned by heart",
    help: "The part of the tokens that it reads as others while it learns.")
  var tokenNoise: Double?
  @Option(in: .moreThan(0), default: "no limit", help: "The length to which longer gradients are cut.") var clip:
    Double?

  func validate() throws {
    if steps != nil && seconds != nil { throw ValidationError("--steps and --seconds exclude each other; give one") }
  }

  func apply(to recipe: inout Recipe) {
    set(&recipe.steps, steps)
    set(&recipe.batch, batch)
    set(&recipe.shards, shards)
    set(&recipe.learningRate, learningRate)
    set(&recipe.schedule, schedule)
    set(&recipe.warmup, warmup)
    set(&recipe.beta1, beta1)
    set(&recipe.beta2, beta2)
    set(&recipe.epsilon, epsilon)
    set(&recipe.weightDecay, weightDecay)
    set(&recipe.weighting, weighting)
    set(&recipe.ngramDropout, ngramDropout)
    set(&recipe.tokenNoise, tokenNoise)
    if let clip { recipe.clip = clip }
  }
}

/// Replaces `value` by what the person chose, if they did.
private func set<Value>(_ value: inout Value, _ choice: Value?) {
  if let choice { value = choice }
}
