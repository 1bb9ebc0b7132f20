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
  /// The path of the model file; `nil` if it is written to standard output or not at all.
  let output: String?
  let writesToStandardOutput: Bool
  /// The reason for a path that is neither given nor the corpus's name, as a sentence.
  let outputNote: String?
  /// True if files of any origin are replaced.
  let isForced: Bool
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
  /// True if other programs must be able to express the tokenizer.
  let isPortable: Bool
  let documents: CorpusOptions
  let keeping: KeepingOptions
  let engine: EngineKind
  let threads: Int
  let processes: any Communicator
  let host: any TrainingHost

  init(_ command: TrainCommand, _ processes: any Communicator, _ host: any TrainingHost) throws {
    corpora = command.corpora
    self.host = host
    let name = try Self.name(of: command, host)
    writesToStandardOutput = name?.path == "-"
    output = writesToStandardOutput ? nil : name?.path
    outputNote = name?.note
    isForced = command.force
    from = command.from
    growsVocabulary = command.growVocabulary
    preset = command.preset
    overrides = command.overrides
    seed = command.seed
    seconds = command.learning.seconds
    tokens = command.tokens
    isPortable = command.model.portable
    documents = command.documents
    keeping = command.keeping
    engine = command.advanced.engine
    // Several processes may share a machine.
    threads = command.threads ?? (processes.count == 1 ? ThreadTeam.processorCount : 1)
    self.processes = processes
    if keeping.resume && checkpointPath == nil {
      throw ValidationError("--resume needs the file of checkpoints; add --checkpoint, or --output with a name")
    }
  }

  /// The file of checkpoints; `nil` if neither it nor the model has a name.
  var checkpointPath: String? { keeping.checkpointPath(output) }

  /// Checks, before the corpus is read, that this run may write its files.
  func checkOutput() throws {
    guard processes.isFirst else { return }
    for file in keeping.files(output) {
      // Metrics may go to a device or a pipe, and a checkpoint to resume from is read first.
      if file.kind != .metrics { try AtomicFile.check(file.path, byteCount: 0) }
      if file.kind != .checkpoint || !keeping.resume { try OutputKind.check(file, isForced: isForced) }
    }
    if let output { try FileLock.check(writing: output) }
  }

  /// Returns the right to write the model, which only the first process takes.
  func lockOutput() throws -> FileLock? {
    guard processes.isFirst, let output else { return nil }
    let lock = try FileLock(writing: output)
    Interruption.removeWhenEnding(lock: lock.path)
    return lock
  }

  /// Returns the path of the model, if it is written. Refuses output files that are also input, or that are the same
  /// file.
  private static func name(of command: TrainCommand, _ host: any TrainingHost) throws -> OutputName? {
    if command.output == nil && command.corpora[0] == "-" && host.namesModel {
      throw ValidationError("standard input has no name for the model; add --output")
    }
    let name =
      command.output.map(OutputName.init)
      ?? (host.namesModel ? OutputName(corpora: command.corpora, from: command.from, isForced: command.force) : nil)
    if name?.path == "-" && command.json {
      throw ValidationError("--json and --output - both write to standard output; leave one out")
    }
    let written = command.keeping.files(name?.path == "-" ? nil : name?.path)
    for (index, (option, file, _)) in written.enumerated() {
      if command.corpora.contains(where: { $0 != "-" && InputFile.isSame($0, file) }) {
        throw ValidationError("\(option) \(file) is the corpus; choose another file")
      }
      if case .file(let heldOut) = command.documents.validation, InputFile.isSame(heldOut, file) {
        throw ValidationError("\(option) \(file) is the file of --validation; choose another")
      }
      if let other = written[..<index].first(where: { InputFile.isSame($0.path, file) }) {
        throw ValidationError("\(other.option) and \(option) are the same file; choose another")
      }
      if let from = command.from, InputFile.isSame(from, file) {
        throw ValidationError("\(option) \(file) is the model of --from; choose another file")
      }
    }
    return name
  }

  /// Returns the documents to train on.
  func readCorpus() throws -> Corpus {
    guard let corpus = host.takeCorpus() else { return try read(corpora) }
    note(corpus.notes.sentences)
    return corpus
  }

  /// Reads documents, and says what was dropped or replaced.
  func read(_ paths: [String]) throws -> Corpus {
    do {
      let corpus = try Corpus(contentsOf: paths, as: documents.documents, isLossy: documents.lossy)
      note(corpus.notes.sentences)
      return corpus
    } catch let error as CorpusError where error.isRepairable {
      throw Failure(.badData, "\(error.description) Or replace such bytes with --lossy.")
    }
  }

  /// Shows sentences about the run.
  func note(_ sentences: [String]) {
    for sentence in sentences { host.note(sentence) }
  }
}
