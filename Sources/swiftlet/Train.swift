import Architecture
import CommandOptions
import DurableFiles
import LanguageModel
import SwiftletKit
import Terminal
import Tokenization
import Training

/// `swiftlet train`: from a text to a model file.
struct Train: ParsableCommand {
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

  @Argument(valueName: "CORPUS", help: "Text files to learn from; - is standard input.") var corpora: [String]
  @Option(valueName: "MODEL", default: "the corpus's name, in this folder", help: "The file to write.")
  var output: String?
  @Option(help: "A published recipe, exactly; other options change it.") var preset: Preset?
  @Option(help: "What computes the steps: the fast engine, or the slow reference that defines what is right.")
  var engine = EngineKind.fast
  @Option(in: .from(1, to: 256), help: "On how many threads; the result is the same.") var threads = 1
  @Option(help: "Where all random numbers start.") var seed: UInt64 = 42
  @Flag(help: "Print one JSON document about the result.") var json
  @Flag(help: "Show nothing but errors.") var quiet
  @OptionGroup(title: "Tokens") var tokens: TokenizerOptions
  @OptionGroup(title: "Documents") var documents: CorpusOptions
  @OptionGroup(title: "Model") var model: ModelOptions
  @OptionGroup(title: "Learning") var learning: LearningOptions
  @OptionGroup(title: "Keeping track") var keeping: KeepingOptions

  func run() throws {
    let output = try outputPath()
    try AtomicFile.check(output, byteCount: 0)
    let lock = try FileLock(writing: output)
    defer { extendLifetime(lock) }

    let corpus = try read(corpora)
    let tokenizer = try TokenizerRegistry.standard.train(
      tokens.tokenizer?.text ?? preset?.tokenizer ?? "character", on: corpus.documents, settings: tokens.settings)
    note(tokenizer.warnings)
    let encoded = try EncodedCorpus(corpus, with: tokenizer, threads: threads)
    var recipe = recipe(for: encoded)
    try recipe.check()
    let configuration = try configuration(recipe, tokenizer)
    let data = try data(encoded, tokenizer, recipe)
    let checkpoint = try keeping.checkpointToResume(output)
    if let seconds = learning.seconds {
      recipe.stretch(
        to: try checkpoint?.recipe.steps
          ?? recipe.steps(
            within: seconds, data, vocabulary: configuration.vocabulary, engine: engine.make(threads: threads)))
    }
    try checkpoint?.check(recipe, data.identity, tokenizer.description)

    let start = checkpoint?.state ?? TrainingState(Weights(configuration, seed: recipe.seed))
    let trainer = try Trainer(recipe, data, from: start, engine: engine.make(threads: threads))
    let known = try DocumentFingerprints(corpus.documents, normalizedBy: tokenizer)
    try file(of: trainer, tokenizer, known).checkWriting(to: output)
    Interruption.noteFirst()
    note([
      "\(corpus.documents.count.of("document")), \(encoded.tokenCount.of("token")).",
      configuration.sentence,
      recipe.sentence + (checkpoint == nil ? "" : " Going on from step \(trainer.step.grouped)."),
    ])
    let run = try TrainingSession(trainer, tokenizer.description, keeping, output: output, isQuiet: quiet).run()
    try file(of: trainer, tokenizer, known).write(to: output)
    try show(TrainingSummary(of: run, trainer, documents: corpus.documents.count, threads: threads, model: output))
    if let interruption = run.interruption { throw Failure(interruption, trainer) }
  }

  /// The preset or what suits the corpus, and over it what the person chose.
  private func recipe(for corpus: EncodedCorpus) -> Recipe {
    func choose(_ recipe: inout Recipe) {
      recipe.seed = seed
      model.apply(to: &recipe)
      learning.apply(to: &recipe)
      documents.apply(to: &recipe)
    }
    guard var recipe = preset?.recipe else { return .suggested(for: corpus, choose) }
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

  /// Where the model goes; never over a corpus.
  private func outputPath() throws -> String {
    if let output {
      if output == keeping.checkpoint {
        throw ValidationError("--output and --checkpoint are the same file; choose another")
      }
      if corpora.contains(output) { throw ValidationError("--output \(output) is the corpus; choose another file") }
      return output
    }
    guard corpora[0] != "-" else {
      throw ValidationError("standard input has no name to call the model by; add --output")
    }
    let path = FileName.stem(of: FileName.last(of: corpora[0])) + FileName.modelSuffix
    if corpora.contains(path) { throw ValidationError("the model would replace the corpus \(path); add --output") }
    return path
  }

  private func read(_ paths: [String]) throws -> Corpus {
    let corpus = try Corpus(contentsOf: paths, as: documents.documents, isLossy: documents.lossy)
    note(corpus.notes.sentences)
    return corpus
  }

  private func data(_ encoded: EncodedCorpus, _ tokenizer: any Tokenizer, _ recipe: Recipe) throws -> TrainingData {
    let data: TrainingData
    if case .file(let path) = documents.validation {
      data = TrainingData(
        encoded, heldOut: try EncodedCorpus(try read([path]), with: tokenizer, threads: threads), recipe)
    } else {
      data = TrainingData(encoded, recipe)
    }
    if recipe.heldOut != .none && data.heldOut == nil {
      note(["Nothing is held out: that takes at least one text that is a small part of the corpus."])
    }
    let long = data.training.longDocumentCount
    if long > 0 {
      let treatment = recipe.longDocuments == .cut ? "only the beginning is learned from" : "learned from in windows"
      note(["\(long.of("document")) longer than the context of \(recipe.context.of("token")): \(treatment)."])
    }
    return data
  }

  /// The model as it is now, with where it comes from: nothing that differs between two runs that make the same model.
  private func file(
    of trainer: Trainer, _ tokenizer: any Tokenizer, _ known: DocumentFingerprints
  ) -> ModelFile {
    var origin = trainer.provenance
    origin["files"] = .array(corpora.map { .string(FileName.last(of: $0)) })
    return ModelFile(
      weights: trainer.bestWeights, tokenizer: tokenizer.description, training: origin, documents: known)
  }

  private func show(_ summary: TrainingSummary) throws {
    if json {
      try StandardStream.output.write(summary.json.text(pretty: true) + "\n")
    } else if !quiet {
      try StandardStream.output.write(summary.text)
    }
  }

  /// Says something worth knowing on standard error.
  private func note(_ sentences: [String]) {
    guard !quiet else { return }
    for sentence in sentences { try? StandardStream.error.write(sentence + "\n") }
  }
}

extension Configuration {
  /// `2 layers, 64 wide, 8 heads, a context of 16, a vocabulary of 27: 102,784 parameters.`
  fileprivate var sentence: String {
    "\(layers.of("layer")), \(embedding.grouped) wide, \(heads.of("head")), a context of \(context.grouped), "
      + "a vocabulary of \(vocabulary.grouped): \(parameterCount.of("parameter"))."
  }
}

extension Recipe {
  /// `1,290 steps of 32 documents at a learning rate of 0.005.`
  fileprivate var sentence: String {
    "\(steps.of("step")) of \(batch.of("document")) at a learning rate of \(learningRate)."
  }
}
