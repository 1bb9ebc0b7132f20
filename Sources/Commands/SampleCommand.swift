import CommandOptions
import Datasets
import Inference
import StrictJSON
import Support
import SwiftletKit
import Terminal
import Tokenization

/// `swiftlet sample`: generates texts with a model.
struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Generate texts with a model, one per line.",
    discussion: """
      Example: swiftlet sample names.safetensors --count 20 --temperature 0.5 --novel

      The same seed gives the same texts on every machine, with any --threads. A text
      ends where the model ends it, or is cut off at --max-tokens or, without it,
      where the context is full. A note on standard error counts the texts that were
      cut off. A terminal shows an ellipsis after them, and in --json their “complete”
      is false. Between texts of a model that writes line breaks there is an empty
      line.

      --match finds its expression anywhere in a text, as grep does: ^ and $ stand for
      the start and the end. For texts that start with something, --prompt is faster.

      --max-quote compares the texts with --corpus, which may be what the model was
      trained on or anything else. It says how many texts were skipped.

      The exit code is 1 if --novel, --unique, --match or --max-quote find fewer texts
      than --count.
      """, familiarOptions: .table)

  @Argument(help: "The model file, written by swiftlet train.") var model: String
  @Option(in: .atLeast(1), help: "The number of texts.") var count = 10
  @Option(default: "none", help: "The text that every sample starts with.") var prompt: String?
  @Option(default: "none", help: "Stop when this text is generated; it is not shown.") var stop: String?
  @Flag(help: "Skip texts found in the training data.") var novel
  @Flag(help: "Skip repeated texts.") var unique
  @Option(
    valueName: "REGEX", default: "none",
    help: "Skip texts in which this regular expression, in ICU's syntax, finds nothing.")
  var match: String?
  @Option(
    in: .atLeast(1), valueName: "TOKENS", default: "no limit",
    help: "Skip texts with more than this many tokens in a row from --corpus.")
  var maxQuote: Int?
  @Option(valueName: "FILE", default: "none", help: "The texts that --max-quote compares with.") var corpus: String?
  @Option(
    default: "lines; the strings of .json and .jsonl",
    help: "How to split the corpus into texts; CHAT is whatsapp, telegram or discord.")
  var documents: DocumentForm?
  @Flag(help: "Show each text while it is generated.") var stream
  @Flag(help: "Print one JSON document.") var json
  @Option(in: .from(1, to: 256), help: "The number of threads; the result does not depend on it.") var threads = 1
  @OptionGroup(title: "Model") var reading: ModelReading
  @OptionGroup(title: "Sampling") var choices: SamplingChoices

  func validate() throws {
    if stream && (json || novel || unique || match != nil || maxQuote != nil) {
      throw ValidationError(
        "--stream shows texts before they are complete; leave out --json, --novel, --unique, --match and --max-quote")
    }
    if (maxQuote == nil) != (corpus == nil) {
      throw ValidationError(
        "--max-quote and --corpus need each other: a number of tokens, and the file that texts may not quote")
    }
    if documents != nil && corpus == nil { throw ValidationError("--documents says how to split --corpus; add it") }
  }

  func run() throws {
    let model = try reading.model(at: model)
    for sentence in try sentences(for: model) { try StandardStream.error.writeLine("swiftlet: \(sentence)") }
    if stream { return try streamTexts(model) }
    let search = try SampleSearch(for: self, in: model)
    for sentence in search.sentences { try StandardStream.error.writeLine("swiftlet: \(sentence)") }
    var output = SampleOutput(model, choices.options, isJSON: json)
    while let sample = try search.next() { try output.add(sample) }
    try output.end()
    if let sentence = search.quotesSentence { try StandardStream.error.writeLine("swiftlet: \(sentence)") }
    if let failure = search.failure { throw failure }
    if let sentence = search.matchSentence { try StandardStream.error.writeLine("swiftlet: \(sentence)") }
  }

  /// What to know about the prompt and the seed before the first text.
  func sentences(for model: Model) throws -> [String] {
    try model.sentences(about: prompt) + [choices.seed.sentence(repeating: "the same texts")].compactMap(\.self)
  }

  private func streamTexts(_ model: Model) throws {
    var cut = CutTexts(of: model, choices.options)
    let hasSeparator = model.writesLineBreaks
    for number in 0..<count {
      if hasSeparator && number > 0 { try StandardStream.output.writeLine("") }
      let pieces = try model.pieces(number, options: choices.options, prompt: prompt ?? "", stop: stop)
      do {
        while let piece = try pieces.next() { try StandardStream.output.writeText(piece) }
      } catch let error as SamplingError {
        // What is on the line already stays there, and the error gets a line of its own.
        try StandardStream.output.writeLine("")
        throw error
      }
      try StandardStream.output.writeLine(CutTexts.mark(after: pieces.ending))
      cut.add(pieces.ending)
    }
    try cut.note()
  }
}

/// Writes samples in blocks, as they are generated.
private struct SampleOutput {
  private let model: Model
  private let isJSON: Bool
  private var waiting: [Sample] = []
  private var written = 0
  private var cut: CutTexts
  private let hasSeparator: Bool

  init(_ model: Model, _ options: SamplingOptions, isJSON: Bool) {
    self.model = model
    self.isJSON = isJSON
    cut = CutTexts(of: model, options)
    hasSeparator = model.writesLineBreaks
  }

  mutating func add(_ sample: Sample) throws {
    waiting.append(sample)
    if waiting.count == 256 { try writeWaiting() }
  }

  mutating func end() throws {
    try writeWaiting()
    if isJSON { try StandardStream.output.write(written == 0 ? "[]\n" : "\n]\n") } else { try cut.note() }
  }

  private mutating func writeWaiting() throws {
    var text = ""
    if isJSON {
      for (sample, nats) in zip(waiting, model.nats(of: waiting)) {
        text += (written == 0 ? "[\n  " : ",\n  ") + document(of: sample, nats).text(pretty: false)
        written += 1
      }
      try StandardStream.output.writeJSON(text)
    } else {
      for sample in waiting {
        if hasSeparator && written > 0 { text += "\n" }
        text += sample.text + CutTexts.mark(after: sample.ending) + "\n"
        cut.add(sample.ending)
        written += 1
      }
      try StandardStream.output.writeText(text)
    }
    waiting.removeAll(keepingCapacity: true)
  }

  private func document(of sample: Sample, _ nats: Double) -> JSON {
    [
      "text": .string(sample.text), "tokens": .array(sample.tokens.map { .integer($0) }), "nats": .real(nats),
      "novel": model.isNew(sample.text).map(JSON.bool) ?? .null, "complete": .bool(sample.isComplete),
    ]
  }
}
