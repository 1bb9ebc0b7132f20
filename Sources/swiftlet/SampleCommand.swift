import CommandOptions
import Datasets
import Inference
import NGrams
import StrictJSON
import Support
import SwiftletKit
import Terminal
import Tokenization
import UnicodeRules

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
    let pattern = try match.map(Self.pattern)
    let model = try reading.model(at: model)
    try model.warn(about: prompt)
    if let sentence = choices.seed.sentence(repeating: "the same texts") {
      try StandardStream.error.writeLine("swiftlet: \(sentence)")
    }
    if stream { return try streamTexts(model) }
    if novel && model.file.documents == nil {
      throw Failure(
        .badData,
        "--novel needs a record of the training data, and \(self.model) has none: train it again with this version."
      )
    }
    var series = try SampleSeries(
      of: model, options: choices.options, prompt: prompt ?? "", stop: stop, expecting: count, threads: threads)
    series.excludesTrainingTexts = novel
    series.excludesDuplicates = unique
    let quotes = try quotes(in: model)
    var quoteCount = 0
    series.isWanted = { sample in
      if let pattern, try !pattern.matches(Array(sample.text.utf8).span) { return false }
      guard let quotes, quotes.hasRun(sample.tokens) else { return true }
      quoteCount += 1
      return false
    }
    var output = SampleOutput(model, choices.options, isJSON: json)
    while series.found < count, let sample = try series.next() { try output.add(sample) }
    try output.end()
    if let maxQuote, quoteCount > 0 {
      try StandardStream.error.writeLine(
        "swiftlet: skipped \(quoteCount.of("text")) with more than \(maxQuote.of("token")) in a row from --corpus.")
    }
    if series.found < count { throw tooFew(series) }
    if match != nil {
      try StandardStream.error.writeLine(
        "swiftlet: found \(series.found.of("text")) that \(series.found == 1 ? "matches" : "match") in "
          + "\(series.attempts.grouped) \(series.attempts == 1 ? "try" : "tries").")
    }
  }

  /// The runs of tokens that a text may not have.
  private func quotes(in model: Model) throws -> TokenRuns? {
    guard let maxQuote, let corpus else { return nil }
    let texts = try Corpus(contentsOf: [corpus], as: documents)
    do {
      let (runs, unknown) = try model.runs(of: maxQuote + 1, in: texts.documents)
      if unknown > 0 {
        try StandardStream.error.writeLine(
          "swiftlet: \(unknown.of("text")) of --corpus \(unknown == 1 ? "has" : "have") characters or words that the "
            + "model does not know; quotes from \(unknown == 1 ? "it are" : "them are") not found.")
      }
      return runs
    } catch let error as TokenizerError {
      throw texts.places.located(error)
    }
  }

  /// The failure of a series that had to be given up.
  private func tooFew(_ series: SampleSeries) -> Failure {
    let found = series.found == 0 ? "none" : "only \(series.found.grouped)"
    let wanted = [
      novel ? "new" : nil, unique ? "unique" : nil, match == nil ? nil : "matching", maxQuote == nil ? nil : "unquoted",
    ]
    .compactMap(\.self).joined(separator: " and ")
    let fix =
      match != nil
      ? "a --prompt that matches begin with, another --match or a higher --temperature finds more."
      : maxQuote != nil
        ? "a larger --max-quote or a higher --temperature finds more."
        : "a higher --temperature or another --seed gives others."
    return Failure(
      .fewerTexts,
      "found \(found) of the \(count.grouped) \(wanted) texts requested, in \(series.attempts.grouped) tries; \(fix)")
  }

  /// The regular expression of --match.
  private static func pattern(_ text: String) throws -> RegularExpression {
    do throws(TokenizerError) {
      return try RegularExpression(text, for: "match", example: "^jo|son$")
    } catch .badSetting(_, _, let remedy) {
      throw ValidationError("--match \(text): \(remedy)")
    }
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
