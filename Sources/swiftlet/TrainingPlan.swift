import CommandOptions
import Datasets
import Files
import ModelFiles
import Parallelism
import Support
import Terminal
import Training
import TrainingEngine

/// The first stage of training: the arguments of a command, checked against the files that exist.
struct TrainingPlan {
  let corpora: [String]
  /// The path of the model file.
  let output: String
  /// The path of the trained model to start from.
  let from: String?
  let growsVocabulary: Bool
  let preset: Preset?
  /// The settings of the recipe that the options choose.
  let overrides: RecipeOverrides
  let seed: Seed
  /// The time for training, where no number of steps is given.
  let seconds: Double?
  let tokens: TokenizerOptions
  let documents: CorpusOptions
  let keeping: KeepingOptions
  let engine: EngineKind
  let threads: Int
  let processes: any Communicator
  let isQuiet: Bool

  init(_ command: TrainCommand, _ processes: any Communicator) throws {
    corpora = command.corpora
    output = try Self.output(of: command)
    from = command.from
    growsVocabulary = command.growVocabulary
    preset = command.preset
    overrides = command.overrides
    seed = command.seed
    seconds = command.learning.seconds
    tokens = command.tokens
    documents = command.documents
    keeping = command.keeping
    engine = command.advanced.engine
    // Several processes may share a machine.
    threads = command.threads ?? (processes.count == 1 ? ThreadTeam.processorCount : 1)
    self.processes = processes
    isQuiet = command.quiet || !processes.isFirst
  }

  /// Returns the right to write the model, which only the first process takes.
  func lockOutput() throws -> FileLock? {
    guard processes.isFirst else { return nil }
    try AtomicFile.check(output, byteCount: 0)
    return try FileLock(writing: output)
  }

  /// Returns the path of the model. Refuses output files that are also input, or that are the same file.
  private static func output(of command: TrainCommand) throws -> String {
    if command.output == nil && command.corpora[0] == "-" {
      throw ValidationError("standard input has no name for the model; add --output")
    }
    let path = command.output ?? FileName.model(of: command.corpora[0])
    let written = [("--output", path)] + command.keeping.files(besides: path)
    for (index, (option, file)) in written.enumerated() {
      if command.corpora.contains(where: { $0 != "-" && InputFile.isSame($0, file) }) {
        throw ValidationError("\(option) \(file) is the corpus; choose another file")
      }
      if case .file(let heldOut) = command.documents.validation, InputFile.isSame(heldOut, file) {
        throw ValidationError("\(option) \(file) is the file of --validation; choose another")
      }
      if let other = written[..<index].first(where: { InputFile.isSame($0.1, file) }) {
        throw ValidationError("\(other.0) and \(option) are the same file; choose another")
      }
    }
    return path
  }

  /// Reads documents and prints what was dropped or replaced.
  func read(_ paths: [String]) throws -> Corpus {
    let corpus = try Corpus(contentsOf: paths, as: documents.documents, isLossy: documents.lossy)
    note(corpus.notes.sentences)
    return corpus
  }

  /// Prints sentences on standard error, unless the run is quiet.
  func note(_ sentences: [String]) {
    guard !isQuiet else { return }
    for sentence in sentences { try? StandardStream.error.writeSentence(sentence) }
  }
}
