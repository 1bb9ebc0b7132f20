import Architecture
import CommandOptions
import DurableFiles
import LanguageModel
import StrictJSON
import SwiftletKit
import Terminal
import Tokenization
import Training

/// `swiftlet train`: from a text to a model file.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Learn from a text and write a model.",
    discussion: """
      Example: swiftlet train names.txt --steps 2000 --output names.safetensors

      Without a preset the sizes are those of microgpt, a tenth of the documents is
      held out, and documents longer than the context are learned from in windows.
      """)

  @Argument(valueName: "CORPUS", help: "Text files to learn from; - is standard input.") var corpora: [String]
  @Option(valueName: "MODEL", default: "the corpus's name, in this folder", help: "The file to write.")
  var output: String?
  @Option(help: "A published recipe, exactly; other options change it.") var preset: Preset?
  @Option(help: "What computes the steps: the fast engine, or the slow reference that defines what is right.")
  var engine = EngineKind.fast
  @Option(in: .from(1, to: 256), help: "On how many threads; the result is the same.") var threads = 1
  @Option(help: "Where all random numbers start.") var seed: UInt64 = 42
  @Flag(help: "Print one JSON document about the result and nothing else.") var json
  @Flag(help: "Show nothing but errors.") var quiet
  @OptionGroup(title: "Tokens") var tokens: TokenizerOptions
  @OptionGroup(title: "Documents") var documents: CorpusOptions
  @OptionGroup(title: "Model") var model: ModelOptions
  @OptionGroup(title: "Learning") var learning: LearningOptions

  func run() throws {
    let recipe = try recipe()
    let output = try outputPath()
    try AtomicFile.check(output, byteCount: 0)
    let lock = try FileLock(writing: output)
    defer { _ = lock }
    let corpus = try Corpus(contentsOf: corpora, as: documents.documents, isLossy: documents.lossy)
    note(corpus.notes.sentences)
    let tokenizer = try TokenizerRegistry.standard.train(
      tokens.tokenizer?.text ?? preset?.tokenizer ?? "character", on: corpus.documents, settings: tokens.settings)
    note(tokenizer.warnings)
    let data = try data(corpus, tokenizer, recipe)
    Interruption.noteFirst()
    let configuration = try recipe.configuration(vocabulary: tokenizer.vocabulary.count + 1)
    note([
      "\(corpus.documents.count.of("document")), \(configuration.vocabulary.of("token")), "
        + "\(configuration.parameterCount.of("parameter"))."
    ])
    let trainer = try Trainer(recipe, data, from: TrainingState(Weights(configuration, seed: recipe.seed))) {
      engine.make($0, $1, threads: threads)
    }
    try file(of: trainer, tokenizer).checkWriting(to: output)
    let run = try learn(trainer)
    try file(of: trainer, tokenizer).write(to: output)
    let summary = TrainingSummary(of: run, trainer, documents: corpus.documents.count, model: output)
    if json {
      try StandardStream.output.write(summary.json.text(pretty: true) + "\n")
    } else if !quiet {
      try StandardStream.output.write(summary.text)
    }
    if let interruption = run.interruption { throw Failure(interruption, model: output, trainer) }
  }

  /// What the person chose, over the preset.
  private func recipe() throws -> Recipe {
    var recipe = preset?.recipe ?? .microgpt
    if preset == nil {
      recipe.heldOut = .automatic
      recipe.longDocuments = .windows
    }
    recipe.seed = seed
    model.apply(to: &recipe)
    learning.apply(to: &recipe)
    documents.apply(to: &recipe)
    try recipe.check()
    do {
      // Of any vocabulary: so that sizes that cannot be are refused before a large corpus is read.
      _ = try recipe.configuration(vocabulary: 2)
    } catch {
      throw ValidationError(error.description)
    }
    return recipe
  }

  /// Where the model goes; never over a corpus.
  private func outputPath() throws -> String {
    if let output {
      if corpora.contains(output) { throw ValidationError("--output \(output) is the corpus; choose another file") }
      return output
    }
    guard corpora[0] != "-" else {
      throw ValidationError("standard input has no name to call the model by; add --output")
    }
    let name = Self.fileName(of: corpora[0])
    let stem = name.lastIndex(of: ".").map { $0 == name.startIndex ? name : String(name[..<$0]) } ?? name
    let path = stem + ".safetensors"
    if corpora.contains(path) { throw ValidationError("the model would replace the corpus \(path); add --output") }
    return path
  }

  private static func fileName(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  private func data(_ corpus: Corpus, _ tokenizer: any Tokenizer, _ recipe: Recipe) throws -> TrainingData {
    let encoded = try EncodedCorpus(corpus, with: tokenizer, threads: threads)
    let data: TrainingData
    if case .file(let path) = documents.validation {
      let heldOut = try Corpus(contentsOf: [path], as: documents.documents, isLossy: documents.lossy)
      note(heldOut.notes.sentences.map { "\(path): \($0)" })
      data = TrainingData(encoded, heldOut: try EncodedCorpus(heldOut, with: tokenizer, threads: threads), recipe)
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
  private func file(of trainer: Trainer, _ tokenizer: any Tokenizer) -> ModelFile {
    var origin = trainer.provenance
    origin["files"] = .array(corpora.map { .string(Self.fileName(of: $0)) })
    return ModelFile(weights: trainer.bestWeights, tokenizer: tokenizer.description, training: origin)
  }

  /// Trains until the recipe is done or somebody interrupts, while a person watches.
  private func learn(_ trainer: Trainer) throws -> TrainingRun {
    var run = TrainingRun()
    var display = TrainingDisplay(of: trainer, isQuiet: quiet)
    defer { display.end() }
    let isFinished = try trainer.run(
      { step in
        if run.firstLoss == nil { run.firstLoss = Double(step.loss) }
        display.update(trainer)
      }, until: { Interruption.noted != nil })
    run.seconds = display.seconds
    if !isFinished { run.interruption = Interruption.noted }
    return run
  }

  /// Says something worth knowing on standard error.
  private func note(_ sentences: [String]) {
    guard !quiet else { return }
    for sentence in sentences { try? StandardStream.error.write(sentence + "\n") }
  }
}
