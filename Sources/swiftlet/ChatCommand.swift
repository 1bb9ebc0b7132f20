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
      """, familiarOptions: .table)

  @Argument(help: "The model file, written by swiftlet train.") var model: String
  @Option(
    default: "the line itself",
    help: "The prompt, with {} in place of the line; only what follows it is shown.")
  var template: String?
  @Option(default: "none", help: "Stop when this text is generated; it is not shown.") var stop: String?
  @OptionGroup(title: "Sampling") var choices: SamplingChoices

  func validate() throws {
    if let template, template.split(separator: "{}", omittingEmptySubsequences: false).count != 2 {
      throw ValidationError("--template needs {} once, in place of the line; for example “User: {} Assistant:”")
    }
  }

  func run() throws {
    let model = try Model(contentsOf: model)
    for warning in model.tokenizer.warnings { try StandardStream.error.writeLine("swiftlet: \(warning)") }
    var input = try ChatInput()
    var number = 0
    while let line = try input.next() {
      Interruption.startCatching()
      do {
        try reply(to: line, number, model)
      } catch TokenizerError.unknownText(let piece, _, _, _) {
        try StandardStream.error.writeLine("swiftlet: the model does not know “\(piece)”.")
      } catch let error as TokenizerError {
        try StandardStream.error.writeLine("swiftlet: \(error)")
      } catch let error as SamplingError {
        // Another line may be shorter; a model that cannot be sampled from stays what it is.
        guard case .promptTooLong = error else { throw error }
        try StandardStream.error.writeLine("swiftlet: \(error)")
      }
      if let interruption = Interruption.caught, interruption != .interrupt { throw Failure(interruption) }
      Interruption.stopCatching()
      number += 1
    }
  }

  /// Writes what the model makes of a line, piece by piece, until it is done or somebody has enough.
  private func reply(to line: String, _ number: Int, _ model: Model) throws {
    let parts = (template ?? "{}").split(separator: "{}", omittingEmptySubsequences: false)
    let prompt = parts.joined(separator: line)
    let pieces = try model.pieces(number, options: choices.options, prompt: prompt, stop: stop)
    if template != nil && !prompt.isEmpty { _ = try pieces.next() }
    var isAtBeginning = template != nil
    do {
      while let piece = try pieces.next() {
        let text = isAtBeginning ? String(piece.drop { $0 == " " }) : piece
        if !text.isEmpty { isAtBeginning = false }
        try StandardStream.output.writeText(text)
        if Interruption.caught != nil { break }
      }
    } catch let error as SamplingError {
      try StandardStream.output.writeLine("")
      throw error
    }
    try StandardStream.output.writeLine(pieces.ending?.isComplete == false ? " …" : "")
  }
}

/// The lines of a chat: from a line editor on a terminal, or from a file or pipe.
private struct ChatInput: ~Copyable {
  private var editor = LineEditor(prompt: "> ")
  private var lines: LineReader

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
