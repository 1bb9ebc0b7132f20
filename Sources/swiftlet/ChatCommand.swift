import CommandOptions
import Files
import Inference
import Support
import SwiftletKit
import Terminal

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
      """, familiarOptions: .table)

  @Argument(help: "The model file, written by swiftlet train.") var model: String
  @Option(
    default: "the line itself",
    help: "The prompt, with {} in place of the line; only what follows it is shown.")
  var template: String?
  @Option(default: "none", help: "Stop when this text is generated; it is not shown.") var stop: String?
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
      } catch TokenizerError.unknownText(let piece, _, _, _) {
        try refuse("the model does not know “\(piece)”.", isPipe)
      } catch let error as TokenizerError {
        try refuse("\(error)", isPipe)
      } catch let error as SamplingError {
        // Another line may be shorter; a model that cannot be sampled from stays what it is.
        guard case .promptTooLong = error else { throw error }
        try refuse("\(error)", isPipe)
      }
      if let interruption = Interruption.caught, interruption != .interrupt { throw Failure(interruption) }
      Interruption.stopCatching()
      number += 1
    }
    if isPipe { try cut.note() }
  }

  /// Says why a line has no answer. In a pipe its answer is an empty line.
  private func refuse(_ sentence: String, _ isPipe: Bool) throws {
    try StandardStream.error.writeLine("swiftlet: \(sentence)")
    if isPipe { try StandardStream.output.writeLine("") }
  }

  /// Writes what the model makes of a line, piece by piece, until it is done or somebody has enough.
  private func reply(to line: String, _ number: Int, _ model: Model, isOneLine: Bool) throws -> Ending? {
    let parts = (template ?? "{}").split(separator: "{}", omittingEmptySubsequences: false)
    let prompt = parts.joined(separator: line)
    let pieces = try model.pieces(number, options: choices.options, prompt: prompt, stop: stop)
    if template != nil && !prompt.isEmpty { _ = try pieces.next() }
    var isAtBeginning = template != nil
    do {
      while let piece = try pieces.next() {
        var text = isAtBeginning ? String(piece.drop { $0 == " " }) : piece
        if isOneLine { text = text.escapingLineFeeds }
        if !text.isEmpty { isAtBeginning = false }
        try StandardStream.output.writeText(text)
        if Interruption.caught != nil { break }
      }
    } catch let error as SamplingError {
      try StandardStream.output.writeLine("")
      throw error
    }
    try StandardStream.output.writeLine(CutTexts.mark(after: pieces.ending))
    return pieces.ending
  }
}

/// The lines of a chat: from a line editor on a terminal, or from a file or pipe.
private struct ChatInput: ~Copyable {
  private var editor = LineEditor(prompt: "> ")
  private var lines: LineReader
  var isTerminal: Bool { editor != nil }

  init() throws { lines = try LineReader(standardInput: ()) }

  mutating func next() throws -> String? {
    while editor != nil {
      Interruption.startCatching()
      switch try editor?.next() {
      case .line(let line): return line
      case .cancelled: continue
      case .end, nil:
        if let caught = Interruption.caught { throw Failure(caught) }
        return nil
      }
    }
    guard try lines.next() else { return nil }
    let bytes = lines.line
    return String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
  }
}
