import CommandOptions
import Terminal
import Tokenization

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
    case let error as TokenizerError: self.init(.badData, error.description)
    case let error as StreamFailure: self.init(.inputOutput, "standard output cannot be written: \(error.reason).")
    default: self.init(.internalError, "\(error)")
    }
  }

  /// Ends the process with the sentence on standard error; silently when the reader of our output has gone.
  static func exit(with error: any Error) -> Never {
    if let error = error as? StreamFailure, error.isClosedPipe { quit(0) }
    let failure = Failure(error)
    try? StandardStream.error.write("swiftlet: \(failure.sentence)\n")
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
