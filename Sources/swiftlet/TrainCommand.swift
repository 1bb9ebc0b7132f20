import CommandOptions
import Datasets
import Files
import GPT
import Inference
import ModelFiles
import Parallelism
import Support
import SwiftletKit
import Terminal
import Tokenization
import Training
import TrainingEngine

/// `swiftlet train`: from a text to a model file.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Learn from a text and write a model.",
    discussion: """
      Example: swiftlet train names.txt --seconds 5 --output names.safetensors

      Defaults that depend on the corpus follow a rule; what they come to is said
      when training begins. The presets are
      microgpt   by character: 1 layer, 16 wide, 4 heads, context 16; 1000 steps of
                 one document at a learning rate of 0.01
      sentences  by word: 2 layers, 32 wide, 4 heads, context 16; 5000 steps
      and neither warms up, decays weights or holds anything out; what is longer
      than the context is cut.
      """)

  @Argument(valueName: "CORPUS", help: "Text files to learn from, also compressed by gzip; - is standard input.")
  var corpora: [String]
  @Option(valueName: "MODEL", default: "the corpus's name, in this folder", help: "The file to write.")
  var output: String?
  @Option(help: "A published recipe, exactly; other options change it.") var preset: Preset?
  @Option(valueName: "MODEL", help: "Go on from a trained model, with its tokenizer and its sizes, on another corpus.")
  var from: String?
  @Flag(help: "With --from: add what the model does not know of the corpus to its tokens.") var growVocabulary
  @Option(help: "What computes the steps: the fast engine, or the slow reference that defines what is right.")
  var engine = EngineKind.fast
  @Option(in: .from(1, to: 256), default: "one a processor", help: "On how many threads; the result is the same.")
  var threads: Int?
  @Option(help: "Where all random numbers start.") var seed: UInt64 = 42
  @Flag(help: "Print one JSON document about the result.") var json
  @Flag(help: "Show nothing but errors.") var quiet
  @OptionGroup(title: "Tokens") var tokens: TokenizerOptions
  @OptionGroup(title: "Documents") var documents: CorpusOptions
  @OptionGroup(title: "Model") var model: ModelOptions
  @OptionGroup(title: "Learning") var learning: LearningOptions
  @OptionGroup(title: "Keeping track") var keeping: KeepingOptions

  func validate() throws {
    if from != nil && preset != nil {
      throw ValidationError("--preset says how a new model is made; it does not go with --from")
    }
    if from != nil && tokens.areGiven {
      throw ValidationError("--from brings its own tokenizer; leave out the options of tokenizers")
    }
    if from != nil && model.areGiven { throw ValidationError("the sizes are those of --from; leave out yours") }
    if from == nil && growVocabulary { throw ValidationError("--grow-vocabulary goes with --from") }
  }

  /// Those that train this model together: the first writes and prints, the others only compute.
  private var processes: any Communicator = SingleProcess()

  /// Several processes may share a machine, and each has one thread unless the person says otherwise.
  var threadCount: Int { threads ?? (processes.count == 1 ? Team.processors : 1) }

  func run() throws {
    var command = self
    command.processes = Processes.all
    let summary = try command.train(Interruption.startCatching)
    if command.processes.isFirst { try show(summary) }
    if let failure = summary.failure { throw failure }
  }

  /// Trains and writes the model; calls `begin` when all is prepared and wishes to end are to be noted.
  func train(_ begin: () -> Void = {}) throws -> TrainingSummary {
    let output = try outputPath()
    let lock = try processes.isFirst ? lock(output) : nil
    defer { extendLifetime(lock) }

    let text = try TrainingText(self)
    var recipe = recipe(for: text)
    try recipe.check()
    try processes.check(recipe, engine, seconds: learning.seconds)
    let configuration = try configuration(recipe, text.tokenizer)
    let data = try data(text, recipe)
    let checkpoint = try keeping.checkpointToResume(output)
    if let seconds = learning.seconds {
      let there = checkpoint.map { (count: $0.recipe.steps, evaluateEvery: $0.recipe.evaluateEvery) }
      recipe = try self.recipe(
        for: text,
        steps: there
          ?? recipe.steps(
            within: seconds, data, vocabulary: configuration.vocabulary, engine: engine.make(threads: threadCount)))
    }
    try checkpoint?.check(recipe, data.identity, text.tokenizer.description)

    let weights = text.fineTuning?.weights ?? Weights(configuration, seed: recipe.seed)
    let trainer = try Trainer(
      recipe, data, from: checkpoint?.state ?? TrainingState(weights),
      engine: engine.make(threads: threadCount, processes))
    try processes.checkAllHave(trainer)
    if processes.isFirst { try file(of: trainer, text).checkWriting(to: output) }
    begin()
    note([
      "\(text.encoded.documentCount.of("document")), \(text.encoded.tokenCount.of("token")).",
      configuration.sentence,
      recipe.sentence + (checkpoint == nil ? "" : " Going on from step \(trainer.step.grouped)."),
    ])
    let report = try (processes.isFirst ? keeping.report : nil).map {
      try ReportWriter($0, of: trainer, output: output, notes: text.notes)
    }
    var run = try TrainingSession(
      trainer, text.tokenizer.description, keeping, processes, output: output, isQuiet: quiet
    ).run(report)
    if processes.isFirst { try file(of: trainer, text).write(to: output) }
    try run.report?.end(run.curve, isFinished: run.interruption == nil)
    return TrainingSummary(
      of: run, trainer, documents: text.encoded.documentCount, threads: threadCount, model: output,
      samples: keeping.samples)
  }

  /// The right to write `output`, if it can be written.
  private func lock(_ output: String) throws -> FileLock {
    try AtomicFile.check(output, byteCount: 0)
    return try FileLock(writing: output)
  }

  /// The preset or what suits the corpus, and over it what the person chose.
  private func recipe(
    for text: TrainingText, steps: (count: Int, evaluateEvery: Int)? = nil
  ) -> Recipe {
    func choose(_ recipe: inout Recipe) {
      if let steps { (recipe.steps, recipe.evaluateEvery) = (steps.count, steps.evaluateEvery) }
      recipe.seed = seed
      model.apply(to: &recipe)
      text.fineTuning?.apply(to: &recipe)
      learning.apply(to: &recipe)
      documents.apply(to: &recipe)
    }
    guard var recipe = preset?.recipe else {
      return .suggested(for: text.encoded, seconds: learning.seconds, choose)
    }
    choose(&recipe)
    return recipe
  }

  /// The sizes are the person's, so that what is wrong with them is wrong usage.
  private func configuration(_ recipe: Recipe, _ tokenizer: any Tokenizer) throws -> Configuration {
    do {
      return try recipe.configuration(vocabulary: tokenizer.vocabulary.count + 1)
    } catch {
      throw ValidationError(error.description)
    }
  }

  /// Where the model goes. Nothing that is written stands where something is read, or something else is written.
  private func outputPath() throws -> String {
    if output == nil && corpora[0] == "-" {
      throw ValidationError("standard input has no name to call the model by; add --output")
    }
    let path = output ?? FileName.model(of: corpora[0])
    let written = [("--output", path)] + keeping.files(besides: path)
    for (index, (option, file)) in written.enumerated() {
      if corpora.contains(where: { $0 != "-" && InputFile.isSame($0, file) }) {
        throw ValidationError("\(option) \(file) is the corpus; choose another file")
      }
      if case .file(let heldOut) = documents.validation, InputFile.isSame(heldOut, file) {
        throw ValidationError("\(option) \(file) is the file of --validation; choose another")
      }
      if let other = written[..<index].first(where: { InputFile.isSame($0.1, file) }) {
        throw ValidationError("\(other.0) and \(option) are the same file; choose another")
      }
    }
    return path
  }

  func read(_ paths: [String]) throws -> Corpus {
    let corpus = try Corpus(contentsOf: paths, as: documents.documents, isLossy: documents.lossy)
    note(corpus.notes.sentences)
    return corpus
  }

  private func data(_ text: TrainingText, _ recipe: Recipe) throws -> TrainingData {
    let data: TrainingData
    if case .file(let path) = documents.validation {
      data = TrainingData(
        text.encoded, heldOut: try EncodedCorpus(try read([path]), with: text.tokenizer, threads: threadCount), recipe)
    } else {
      data = TrainingData(text.encoded, recipe)
    }
    if recipe.holdout != .none && data.heldOut == nil {
      note(["Nothing is held out: that takes at least one text that is a small part of the corpus."])
    }
    let long = data.training.longDocumentCount
    if long > 0 {
      let treatment =
        recipe.longDocuments == .truncate ? "only the beginning is learned from" : "learned from in windows"
      note(["\(long.of("document")) longer than the context of \(recipe.context.of("token")): \(treatment)."])
    }
    return data
  }

  /// The model as it is now, with where it comes from: nothing that differs between two runs that make the same model.
  private func file(of trainer: Trainer, _ text: TrainingText) -> ModelFile {
    var origin = trainer.provenance
    origin["files"] = .array(corpora.map { .string(FileName.last(of: $0)) })
    return ModelFile(
      weights: trainer.bestWeights, tokenizer: text.tokenizer.description, training: origin, documents: text.known)
  }

  private func show(_ summary: TrainingSummary) throws {
    if json {
      try StandardStream.output.writeJSON(summary.json.text(pretty: true) + "\n")
    } else if !quiet {
      if StandardStream.error.isTerminal && TrainingDisplay.showsBlocks {
        note(summary.chart(width: StandardStream.error.width))
      }
      try StandardStream.output.writeText(summary.text)
    }
  }

  /// Says something worth knowing on standard error.
  func note(_ sentences: [String]) {
    guard !quiet && processes.isFirst else { return }
    for sentence in sentences { try? StandardStream.error.writeSentence(sentence) }
  }
}

extension Configuration {
  /// `2 layers, 64 wide, 8 heads, context 16, vocabulary 27: 102,784 parameters.`
  fileprivate var sentence: String {
    "\(layers.of("layer")), \(embedding.grouped) wide, \(heads.of("head")), context \(context.grouped), "
      + "vocabulary \(vocabulary.grouped): \(parameterCount.of("parameter"))."
  }
}

extension Recipe {
  /// `1,290 steps of 32 documents at a learning rate of 0.005.`
  fileprivate var sentence: String {
    "\(steps.of("step")) of \(batch.of("document")) at a learning rate of \(learningRate)."
  }
}
