import CommandOptions
import Datasets
import Support
import SwiftletKit
import Terminal
import Tokenization

/// `swiftlet score`: measures how surprising texts are to a model.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure how surprising each text of a file is to a model.",
    discussion: """
      Example: swiftlet score names.safetensors names.txt --sort surprise --top 20

      Prints one line per text: nats per token, bits per byte and the text, separated
      by tabs. Lower is less surprising. The end of a text counts as a token. Bits per
      byte are comparable between models with different tokenizers: they include 8
      bits for each byte of an unknown word, and 8 for its end. Texts longer than the
      model's context are scored in windows.

      A text with characters or words that have no token has no score. Its line has
      the word “unknown”, what is unknown, and the text, and --sort surprise puts it
      first.
      With --json each text has its line (or its element of a JSON array), a list
      “unknown”, and null for the scores that it does not have. With --summary,
      “unscored” counts these texts, and the totals are those of the others.
      """, familiarOptions: .table)

  /// The treatment of texts with characters or words that have no token.
  enum Unknown: String, CaseIterable, ExpressibleByArgument {
    case mark, error
  }

  /// The order of the texts.
  enum Order: String, CaseIterable, ExpressibleByArgument {
    case file, surprise
  }

  @Argument(help: "The model file, written by swiftlet train.") var model: String
  @Argument(valueName: "FILE", help: "The file of texts; - or nothing is standard input.") var file: String?
  @Flag(help: "Show every token with its nats.") var perToken
  @Flag(help: "Show only the totals of all texts.") var summary
  @Option(help: "The order of the texts: as in the file, or by nats per token, highest first.") var sort = Order.file
  @Option(help: "Mark texts that the model has no tokens for and score the others, or stop at the first.")
  var unknown = Unknown.mark
  @Option(in: .atLeast(1), default: "all", help: "Show only this many texts.") var top: Int?
  @Option(
    default: "lines; the strings of .json and .jsonl",
    help: "How to split the file into texts; CHAT is whatsapp, telegram or discord.")
  var documents: DocumentForm?
  @Flag(help: "Print one JSON document.") var json
  @Option(in: .from(1, to: 256), help: "The number of threads; the result does not depend on it.") var threads = 1
  @OptionGroup(title: "Model") var reading: ModelReading

  func validate() throws {
    if summary && (perToken || sort != .file || top != nil) {
      throw ValidationError("--summary shows only totals; leave out --per-token, --sort and --top")
    }
  }

  func run() throws {
    let model = try reading.model(at: model)
    let corpus = try Corpus(contentsOf: [file ?? "-"], as: documents)
    for warning in model.tokenizer.warnings { try StandardStream.error.writeLine("swiftlet: \(warning)") }
    var totals = ScoreTotals()
    var scored: [(text: Int, judgment: Judgment)] = []
    var output = ScoreOutput(model, corpus, isJSON: json, showsTokens: perToken)
    var firstUnknown: (text: Int, pieces: [String])?
    var left = top ?? .max
    try forEachBlock(of: corpus.documents) { block in
      let judgments = try judgments(of: corpus, block, model)
      for (text, judgment) in zip(block, judgments) {
        totals.add(judgment)
        if case .unknown(let pieces, _) = judgment, firstUnknown == nil { firstUnknown = (text, pieces) }
        if summary { continue }
        if sort == .surprise {
          scored.append((text, judgment))
        } else if left > 0 {
          left -= 1
          try output.add(text, judgment)
        }
      }
    }
    if summary {
      try StandardStream.output.write(json ? totals.json.text(pretty: true) + "\n" : totals.text)
    } else {
      // Equally surprising texts stay in the order of the file.
      scored.sort { ($1.judgment.surprise, $0.text) < ($0.judgment.surprise, $1.text) }
      for (text, judgment) in scored.prefix(left) { try output.add(text, judgment) }
      try output.end()
    }
    if let (text, pieces) = firstUnknown {
      try StandardStream.error.writeLine(
        "swiftlet: \(totals.unscored.of("text")) \(totals.unscored == 1 ? "has" : "have") no score, because the model "
          + "does not know all of the text; the first is \(corpus.places.sentence(of: text)): "
          + "\(model.quotedWithSuggestions(pieces)).")
    }
  }

  /// Returns the scores of a block of texts. An error names the place of its text in the file.
  private func judgments(of corpus: Corpus, _ block: Range<Int>, _ model: Model) throws -> [Judgment] {
    do {
      let judgments = try model.judgments(of: corpus.documents, block, keepingTokens: perToken, threads: threads)
      for (text, judgment) in zip(block, judgments) where unknown == .error {
        if case .unknown(_, let error) = judgment { throw TokenizerError.inDocument(text, error) }
      }
      return judgments
    } catch let error as TokenizerError {
      throw corpus.places.located(error)
    }
  }

  /// Calls `body` with blocks of texts, so that only the shown scores stay in memory.
  private func forEachBlock(of texts: Documents, _ body: (Range<Int>) throws -> Void) throws {
    var first = 0
    while first < texts.count {
      var end = first
      var bytes = 0
      repeat {
        bytes += texts.byteCount(of: end)
        end += 1
      } while end < texts.count && bytes + texts.byteCount(of: end) <= 1 << 18
      try body(first..<end)
      first = end
    }
  }
}

extension Judgment {
  /// The nats per token, with those for spelling unknown text. A text without a score is the most surprising.
  fileprivate var surprise: Double {
    switch self {
    case .score(let score): (score.total + score.spelling) / Double(score.predictionCount)
    case .unknown: .infinity
    }
  }
}
