import CommandOptions
import Files
import ModelFiles
import Parallelism
import Support
import Terminal
import Training

/// `swiftlet train`: makes a model file of a text.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a model on a text.",
    discussion: """
      Example: swiftlet train names.txt --seconds 5 --output names.safetensors

      Some defaults depend on the corpus; training begins by printing their values.
      The presets are
      microgpt   by character: 1 layer, hidden size 16, 4 heads, context 16;
                 1000 steps of one document at a learning rate of 0.01
      sentences  by word: 2 layers, hidden size 32, 4 heads, context 16; 5000 steps
      Both have no warmup and no weight decay, hold nothing out, and truncate
      documents to the context.
      """, familiarOptions: .table)

  @Argument(valueName: "CORPUS", help: "Text files to train on, plain or gzipped; - is standard input.")
  var corpora: [String]
  @Option(
    short: "-o", valueName: "MODEL", default: "the corpus's name, in this folder",
    help: "The file to write; - is standard output.")
  var output: String?
  @Flag(help: "Replace files that swiftlet did not write, and models without keeping them as .previous.") var force
  @Option(help: "A published recipe, exactly; other options change it.") var preset: Preset?
  @Option(valueName: "MODEL", help: "Fine-tune a trained model, with its tokenizer and its network, on another corpus.")
  var from: String?
  @Flag(help: "With --from: add the corpus's unknown characters or words to the vocabulary.") var growVocabulary
  @Option(in: .from(1, to: 256), default: "one per processor", help: "The number of threads; the result is the same.")
  var threads: Int?
  @Option(help: "The seed of all random numbers.") var seed = Seed(42)
  @Flag(help: "Print one JSON document about the result.") var json
  @Flag(help: "Show nothing but errors.") var quiet
  @OptionGroup(title: "Tokens") var tokens: TokenizerOptions
  @OptionGroup(title: "Documents") var documents: CorpusOptions
  @OptionGroup(title: "Model") var model: ModelOptions
  @OptionGroup(title: "Training") var learning: LearningOptions
  @OptionGroup(title: "Checkpoints and reports") var keeping: KeepingOptions
  @OptionGroup(title: "Advanced", isLast: true) var advanced: AdvancedOptions

  func validate() throws {
    if from != nil && preset != nil {
      throw ValidationError("--preset makes a new model; leave it out with --from")
    }
    if from != nil && tokens.areGiven {
      throw ValidationError("--from brings its own tokenizer; leave out the options of tokenizers")
    }
    var sizes = model.shape
    sizes[\.shape.context] = nil
    if from != nil && !sizes.isEmpty {
      throw ValidationError("the model of --from has its own sizes; leave out the options of sizes but --context")
    }
    if seed.isRandom && keeping.resume {
      throw ValidationError("--resume continues a run with its seed; give --seed the number that the run printed")
    }
    if advanced.muonRate != nil && (learning.optimizer == .adam || preset != nil && learning.optimizer == nil) {
      throw ValidationError("--muon-rate needs --optimizer muon")
    }
    if from == nil && growVocabulary { throw ValidationError("--grow-vocabulary needs --from") }
  }

  /// The settings of the recipe that the options choose.
  var overrides: RecipeOverrides {
    var overrides = RecipeOverrides()
    overrides[\.seed] = seed.number
    for group in [model.overrides, learning.overrides, documents.overrides, advanced.overrides] {
      overrides.merge(group)
    }
    if advanced.muonRate != nil { overrides[\.optimizer] = .muon }
    return overrides
  }

  func run() throws {
    let processes = Processes.all
    if processes.count > 1 && seed.isRandom {
      throw ValidationError("several processes need the same seed; give --seed a number")
    }
    let summary = try train(processes, ToolHost(self, processes, catchesSignals: true)).summary
    if processes.isFirst { try show(summary) }
    if let failure = summary.failure { throw failure }
  }

  /// Trains and writes the model.
  ///
  /// - Parameters:
  ///   - processes: Those that train this model together. The first writes and prints; the others only compute.
  ///   - host: The program that shows the run, and may stop it.
  func train(_ processes: any Communicator, _ host: any TrainingHost) throws -> TrainingResult {
    let plan = try TrainingPlan(self, processes, host)
    try plan.checkOutput()
    let corpus = try TrainingCorpus(plan)
    let setup = try TrainingSetup(corpus, plan)
    let trainer = try setup.makeTrainer()
    try processes.checkAllHave(trainer)
    let file = try OutputFile(trainer, corpus, plan)
    host.willBegin()
    let lock = try plan.lockOutput()
    defer { extendLifetime(lock) }
    plan.note(setup.sentences)
    let session = TrainingSession(trainer, plan)
    var run = try session.run(ReportWriter(plan, of: trainer, notes: corpus.notes))
    let isFinished = run.isFinished
    let model = try file.write(isFinished: isFinished)
    if isFinished && run.hasCheckpoint { try session.removeCheckpoint() }
    let advice = isFinished ? TrainingAdvice.sentences(for: trainer, run.curve) : []
    try run.report?.end(run.curve, isFinished: isFinished, advice: advice)
    plan.note(advice)
    let summary = TrainingSummary(of: run, trainer, plan, documents: corpus.encoded.documentCount)
    return TrainingResult(model: model, curve: run.curve, summary: summary)
  }

  private func show(_ summary: TrainingSummary) throws {
    if json {
      try StandardStream.output.writeJSON(summary.json.text(pretty: true) + "\n")
    } else if !quiet {
      if StandardStream.error.isTerminal && TrainingDisplay.showsBlocks {
        for line in summary.chart(width: StandardStream.error.width) { try? StandardStream.error.writeSentence(line) }
      }
      try (output == "-" ? StandardStream.error : .output).writeText(summary.text)
    }
  }
}

/// The model that a run made, and what happened in it.
struct TrainingResult {
  let model: ModelFile
  let curve: LossCurve
  let summary: TrainingSummary
}
