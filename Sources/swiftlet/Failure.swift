import CommandOptions
import Datasets
import Export
import Files
import Inference
import ModelFiles
import Support
import Sweeps
import SwiftletKit
import Terminal
import Tokenization
import Training

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why the tool stops: a sentence for the person and a number for the script that called it.
struct Failure: Error {
  /// The numbers of BSD's sysexits, and 128 + the signal for an interruption.
  enum Code: Int32 {
    case usage = 64
    case badData = 65
    case noInput = 66
    case internalError = 70
    case cannotCreate = 73
    case inputOutput = 74
    case interrupted = 130
    case terminated = 143
  }

  let code: Code
  let sentence: String

  init(_ code: Code, _ sentence: String) {
    self.code = code
    self.sentence = sentence
  }

  /// The one place where errors of the libraries get their exit codes.
  init(_ error: any Error) {
    switch error {
    case let error as Failure: self = error
    case let error as ValidationError: self.init(.usage, error.description)
    case let error as FileError: self.init(Code(error.kind), error.description)
    case let error as CorpusError: self.init(.badData, error.description)
    case let error as ModelFileError: self.init(.badData, error.description)
    case let error as PyTorchError: self.init(.badData, error.description)
    case let error as SafetensorsError: self.init(.badData, error.description)
    case let error as SweepError: self.init(.badData, error.description)
    case let error as TokenizerError: self.init(Code(error), error.description)
    case let error as PlaygroundError: self.init(.badData, error.description)
    case let error as SamplingError: self.init(.badData, error.description)
    case let error as ScoringError: self.init(.badData, error.description)
    case let error as TrainingError: self.init(Code(error), error.description)
    case let error as StreamFailure: self.init(.inputOutput, "standard output cannot be written: \(error.reason).")
    default: self.init(.internalError, "\(error)")
    }
  }

  /// The end of what had nothing to save.
  init(_ interruption: Interruption) {
    self.init(interruption == .interrupt ? .interrupted : .terminated, "ended from outside.")
  }

  /// The end of a run that somebody interrupted, when all is saved.
  init(_ interruption: Interruption, _ trainer: Trainer) {
    self.init(
      interruption == .interrupt ? .interrupted : .terminated,
      "interrupted after step \(trainer.step.grouped) of \(trainer.recipe.steps.grouped); the same command with --resume goes on."
    )
  }

  /// Whether somebody wished it.
  var isInterruption: Bool { code == .interrupted || code == .terminated }

  /// Ends the process with the sentence on standard error; silently when the reader of our output has gone.
  static func exit(with error: any Error) -> Never {
    if let error = error as? StreamFailure, error.isClosedPipe { quit(0) }
    let failure = Failure(error)
    Processes.end(with: failure) { try? StandardStream.error.writeSentence("swiftlet: \($0)") }
    quit(failure.code.rawValue)
  }

  private static func quit(_ code: Int32) -> Never {
    #if canImport(Glibc)
      Glibc.exit(code)
    #elseif canImport(Musl)
      Musl.exit(code)
    #elseif canImport(Darwin)
      Darwin.exit(code)
    #endif
  }
}

extension Failure.Code {
  fileprivate init(_ kind: FileError.Kind) {
    self =
      switch kind {
      case .noInput: .noInput
      case .damaged, .tooLarge: .badData
      case .cannotCreate, .busy: .cannotCreate
      case .inputOutput: .inputOutput
      }
  }

  /// Settings are options that the person gave; everything else lies in the text or the model.
  fileprivate init(_ error: TokenizerError) {
    self =
      switch error {
      case .badSetting, .unknownSetting, .unknownTokenizer: .usage
      default: .badData
      }
  }

  fileprivate init(_ error: TrainingError) {
    self =
      switch error {
      case .badRecipe, .cannotResume: .usage
      case .nothingToLearn, .notFinite, .scoreNotFinite, .badCheckpoint, .unknownPieces: .badData
      }
  }
}
