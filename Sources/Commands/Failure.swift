import CommandOptions
import Datasets
import Export
import Files
import Glibc
import Inference
import ModelFiles
import Processor
import Support
import Sweeps
import SwiftletKit
import Terminal
import Tokenization
import Training

/// The end of the tool on an error: a sentence for the person and an exit code for scripts.
package struct Failure: Error {
  /// 1 for fewer results than requested, the codes of BSD's sysexits, and 128 plus the signal for an interruption.
  package enum Code: Int32 {
    case fewerTexts = 1
    case usage = 64
    case badData = 65
    case noInput = 66
    case unsupported = 69
    case internalError = 70
    case cannotCreate = 73
    case inputOutput = 74
    case hungUp = 129
    case interrupted = 130
    case terminated = 143
  }

  package let code: Code
  package let sentence: String

  package init(_ code: Code, _ sentence: String) {
    self.code = code
    self.sentence = sentence
  }

  /// Creates the failure for any error: the one place where errors of the libraries get their exit codes.
  package init(_ error: any Error) {
    switch error {
    case let error as Failure: self = error
    case let error as ValidationError: self.init(.usage, error.description)
    case let error as UnsupportedProcessor: self.init(.unsupported, error.description)
    case let error as FileError: self.init(Code(error.kind), error.description)
    case let error as CorpusError: self.init(.badData, error.description)
    case let error as ModelError: self.init(.badData, error.description)
    case let error as ExportError: self.init(.badData, error.description)
    case let error as SweepError: self.init(.badData, error.description)
    case let error as TokenizerError: self.init(Code(error), error.description)
    case let error as SamplingError: self.init(.badData, error.description)
    case let error as TrainingError: self.init(Code(error), error.description)
    case is Cancelled: self.init(.interrupted, "stopped before the first step.")
    case let error as StreamFailure: self.init(.inputOutput, "standard output cannot be written: \(error.reason).")
    default: self.init(.internalError, "\(error)")
    }
  }

  /// The failure of an interrupted command that has nothing to save.
  init(_ interruption: Interruption) {
    self.init(Code(interruption), "stopped by a signal.")
  }

  /// The failure of an interrupted training run, after its checkpoint was written.
  init(_ interruption: Interruption, _ trainer: Trainer) {
    self.init(
      Code(interruption),
      "interrupted after step \(trainer.step.grouped) of \(trainer.recipe.steps.grouped); to continue, add --resume to the command."
    )
  }

  /// True if a signal ended the command.
  var isInterruption: Bool { [.hungUp, .interrupted, .terminated].contains(code) }

  /// Ends the process with the sentence on standard error, or silently with 0 if the output pipe was closed.
  static func exit(with error: any Error) -> Never {
    if let error = error as? StreamFailure, error.isClosedPipe { Glibc.exit(0) }
    let failure = Failure(error)
    Processes.end(with: failure) { try? StandardStream.error.writeSentence("swiftlet: \($0)") }
    Glibc.exit(failure.code.rawValue)
  }
}

extension Failure.Code {
  init(_ interruption: Interruption) {
    self =
      switch interruption {
      case .hangUp: .hungUp
      case .interrupt: .interrupted
      case .terminate: .terminated
      }
  }

  fileprivate init(_ kind: FileError.Kind) {
    self =
      switch kind {
      case .noInput: .noInput
      case .damaged, .tooLarge: .badData
      case .cannotCreate, .busy: .cannotCreate
      case .inputOutput: .inputOutput
      }
  }

  /// Settings are given as options; all other tokenizer errors are in the text or the model.
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
      case .nothingToLearn, .notFinite, .scoreNotFinite, .badCheckpoint, .unknownText: .badData
      }
  }
}
