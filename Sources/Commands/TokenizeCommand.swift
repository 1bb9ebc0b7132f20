import CommandOptions
import Datasets
import Files
import Inference
import ModelFiles
import StrictJSON
import Support
import SwiftletKit
import Terminal
import Tokenization
import Training
import TrainingEngine

/// `swiftlet tokenize`: shows the tokens of a text.
struct TokenizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the tokens of a text, their ids and the text they decode to.",
    discussion: """
      Examples: swiftlet tokenize --model names.safetensors emma olivia
                swiftlet tokenize --tokenizer word --corpus corpus.txt < other.txt

      Without TEXT, each line of standard input is a text. ␣ is a space; ∅ marks the
      absence of a space where one is expected.
      """)

  @Argument(valueName: "TEXT", help: "The texts to tokenize.") var texts: [String] = []
  @Option(valueName: "MODEL", help: "The model whose tokenizer to use.") var model: String?
  @Option(valueName: "FILE", help: "A text file to train a tokenizer on.") var corpus: [String] =
    []
  @Option(
    default: "lines; the strings of .json and .jsonl",
    help: "How to split the text file into documents; CHAT is whatsapp, telegram or discord.")
  var documents: DocumentForm?
  @Flag(help: "Print only the ids, one text per line.") var ids
  @Flag(help: "Print one JSON document.") var json
  @OptionGroup(title: "Tokenizer") var tokens: TokenizerOptions

  func validate() throws {
    guard (model == nil) != corpus.isEmpty else {
      throw ValidationError(
        "give either --model MODEL, to use its tokenizer, or --corpus FILE, to train one")
    }
    if model != nil && tokens.areGiven {
      throw ValidationError("--model has its own tokenizer and settings; leave it out to train another tokenizer")
    }
    if documents != nil && corpus.isEmpty { throw ValidationError("--documents needs --corpus") }
    if ids && json { throw ValidationError("--ids and --json exclude each other; give one") }
  }

  func run() throws {
    let tokenizer = try tokenizer()
    for warning in tokenizer.warnings { try StandardStream.error.writeLine("swiftlet: \(warning)") }
    var report: [JSON] = []
    try forEachText { text in
      let encoded = try tokenizer.encode(text)
      if json {
        report.append(document(of: text, encoded, tokenizer))
      } else if ids {
        try StandardStream.output.writeLine(Self.list(encoded))
      } else {
        try StandardStream.output.writeLine("tokens   " + encoded.map(tokenizer.displayText).joined(separator: "│"))
        try StandardStream.output.writeLine("ids      " + Self.list(encoded))
        try StandardStream.output.writeLine("decoded  " + tokenizer.text(of: encoded))
      }
    }
    if json { try StandardStream.output.writeJSON(JSON.array(report).text(pretty: true) + "\n") }
  }

  private func tokenizer() throws -> any Tokenizer {
    if let model { return try TokenizerRegistry.standard.restore(ModelFile(contentsOf: model).tokenizer) }
    return try TokenizerRegistry.standard.train(
      tokens.tokenizer?.text ?? "character", on: Corpus(contentsOf: corpus, as: documents).documents,
      settings: tokens.settings)
  }

  private func forEachText(_ body: (String) throws -> Void) throws {
    for text in texts { try body(text) }
    guard texts.isEmpty else { return }
    var lines = try LineReader(standardInput: ())
    while try lines.next() {
      let bytes = lines.line
      let isCRLF = bytes.count > 0 && bytes[bytes.count - 1] == UInt8(ascii: "\r")
      do {
        try body(String(copying: UTF8Span(validating: bytes.extracting(0..<bytes.count - (isCRLF ? 1 : 0)))))
      } catch let error as UTF8.ValidationError {
        let offset = error.byteOffsets.lowerBound
        throw Failure(.badData, "standard input, line \(lines.number): \(TokenizerError.invalidUTF8(offset: offset))")
      } catch let error as TokenizerError {
        throw Failure(.badData, "standard input, line \(lines.number): \(error)")
      }
    }
  }

  private static func list(_ tokens: [TokenID]) -> String {
    tokens.map { "\($0)" }.joined(separator: " ")
  }

  private func document(of text: String, _ tokens: [TokenID], _ tokenizer: some Tokenizer) -> JSON {
    let list = tokens.map { token -> JSON in
      ["id": .integer(token), "text": .string(tokenizer.vocabulary.text(token))]
    }
    return ["text": .string(text), "tokens": .array(list), "decoded": .string(tokenizer.text(of: tokens))]
  }
}
