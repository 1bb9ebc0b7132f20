import CommandOptions
import Inference
import StrictJSON
import Support
import SwiftletKit
import Terminal
import Tokenization

/// `swiftlet chat`: an interactive prompt.
struct ChatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Complete each line that you type.",
    discussion: """
      Example: swiftlet chat dialogue.safetensors --template "User: {} Assistant:"

      Ctrl-C stops a reply, Ctrl-D exits, and the up and down arrows recall earlier
      lines. Each line is completed on its own: the model does not see earlier ones.
      In a pipe each line of input has one line of output: a line break in an answer
      is written as \\n, and a line that the model cannot read has an empty answer.
      With --json it has one JSON object: the “text” of the answer, null if there is
      none; whether it is “complete”; what is “unknown” of the line; and the “error”.
      """, familiarOptions: .table)

  /// The treatment of lines with words that have no token.
  enum Unknown: String, CaseIterable, ExpressibleByArgument {
    case error, skip
  }

  @Argument(help: "The model file, written by swiftlet train.") var model: String
  @Option(
    default: "the line itself",
    help: "The prompt, with {} in place of the line; only what follows it is shown.")
  var template: String?
  @Option(default: "none", help: "Stop when this text is generated; it is not shown.") var stop: String?
  @Option(help: "Refuse a line with words that the model does not know, or answer it without them.")
  var unknown = Unknown.error
  @Flag(help: "Print one JSON object for each line.") var json
  @OptionGroup(title: "Model") var reading: ModelReading
  @OptionGroup(title: "Sampling") var choices: SamplingChoices

  func validate() throws {
    if let template, template.split(separator: "{}", omittingEmptySubsequences: false).count != 2 {
      throw ValidationError("--template needs {} once, in place of the line; for example “User: {} Assistant:”")
    }
  }

  func run() throws {
    let model = try reading.model(at: model)
    for warning in model.tokenizer.warnings { try StandardStream.error.writeLine("swiftlet: \(warning)") }
    if let sentence = choices.seed.sentence(repeating: "the same answers") {
      try StandardStream.error.writeLine("swiftlet: \(sentence)")
    }
    var input = try ChatInput()
    let isPipe = !input.isTerminal
    if !isPipe { try StandardStream.error.writeLine("Ctrl-D leaves; Ctrl-C stops a reply.") }
    var cut = CutTexts(of: model, choices.options)
    var number = 0
    while let line = try input.next() {
      Interruption.startCatching()
      do {
        cut.add(try reply(to: line, number, model, isOneLine: isPipe))
      } catch let error as TokenizerError {
        try refuse(line, error, model, isPipe)
      } catch let error as SamplingError {
        // Another line may be shorter; a model that cannot be sampled from stays what it is.
        guard case .promptTooLong = error else { throw error }
        try refuse("\(error)", isPipe)
      }
      if let interruption = Interruption.caught, interruption != .interrupt { throw Failure(interruption) }
      Interruption.stopCatching()
      number += 1
    }
    if isPipe && !json { try cut.note() }
  }

  // MARK: Answers

  /// Writes what the model makes of a line, piece by piece, until it is done or somebody has enough.
  private func reply(to line: String, _ number: Int, _ model: Model, isOneLine: Bool) throws -> Ending? {
    let (line, unknown) = try known(line, model)
    let prompt = (template ?? "{}").split(separator: "{}", omittingEmptySubsequences: false).joined(separator: line)
    let pieces = try model.pieces(number, options: choices.options, prompt: prompt, stop: stop)
    if template != nil && !prompt.isEmpty { _ = try pieces.next() }
    if !unknown.isEmpty {
      let them = unknown.count == 1 ? "it" : "them"
      try StandardStream.error.writeLine(
        "swiftlet: the model does not know \(model.quotedWithSuggestions(unknown)); it answers without \(them).")
    }
    var isAtBeginning = template != nil
    var answer = ""
    do {
      while let piece = try pieces.next() {
        var text = isAtBeginning ? String(piece.drop { $0 == " " }) : piece
        if isOneLine && !json { text = text.escapingLineFeeds }
        if !text.isEmpty { isAtBeginning = false }
        if json { answer += text } else { try StandardStream.output.writeText(text) }
        if Interruption.caught != nil { break }
      }
    } catch let error as SamplingError {
      if !json { try StandardStream.output.writeLine("") }
      throw error
    }
    if json {
      try write(answer, isComplete: pieces.ending?.isComplete == true, unknown: unknown)
    } else {
      try StandardStream.output.writeLine(CutTexts.mark(after: pieces.ending))
    }
    return pieces.ending
  }

  /// Returns the part of a line that the model is to answer, and what is left out of it.
  private func known(_ line: String, _ model: Model) throws(TokenizerError) -> (line: String, unknown: [String]) {
    if unknown == .error { return (line, []) }
    let (rest, pieces) = try model.withoutUnknownText(line)
    // Of a line that is wholly unknown nothing is left to answer.
    return rest.allSatisfy(\.isWhitespace) ? (line, []) : (rest, pieces)
  }

  // MARK: Refusals

  /// Says why a line has no answer: what of it the model does not know, or the error itself.
  private func refuse(_ line: String, _ error: TokenizerError, _ model: Model, _ isPipe: Bool) throws {
    guard case .unknownText(let piece, _, _, _) = error else { return try refuse("\(error)", isPipe) }
    var pieces = (try? model.withoutUnknownText(line).pieces) ?? []
    if pieces.isEmpty { pieces = [piece] }
    try refuse("the model does not know \(model.quotedWithSuggestions(pieces)).", isPipe, unknown: pieces)
  }

  /// Says why a line has no answer. In a pipe its answer is an empty line.
  private func refuse(_ sentence: String, _ isPipe: Bool, unknown: [String] = []) throws {
    try StandardStream.error.writeLine("swiftlet: \(sentence)")
    if json {
      try write(nil, isComplete: false, unknown: unknown, error: sentence)
    } else if isPipe {
      try StandardStream.output.writeLine("")
    }
  }

  private func write(_ text: String?, isComplete: Bool, unknown: [String], error: String? = nil) throws {
    let object: JSON = [
      "text": text.map(JSON.string) ?? .null, "complete": .bool(isComplete),
      "unknown": .array(unknown.map(JSON.string)), "error": error.map(JSON.string) ?? .null,
    ]
    try StandardStream.output.writeJSON(object.text() + "\n")
  }
}
