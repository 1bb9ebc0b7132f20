import CommandOptions
import Datasets
import StrictJSON
import Support
import SwiftletKit
import Terminal
import Training

/// `swiftlet score`: measures how surprising texts are to a model.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure how surprising each text of a file is to a model.",
    discussion: """
      Example: swiftlet score names.safetensors names.txt --sort surprise --top 20

      Prints one line per text: nats per token, bits per byte, the text. Lower is less
      surprising. The end of a text counts as a token. Bits per byte are comparable
      between models with different tokenizers. Texts longer than the model's context
      are scored in windows.
      """, familiarOptions: .table)

  /// The order of the texts.
  enum Order: String, CaseIterable, ExpressibleByArgument {
    case file, surprise
  }

  @Argument(help: "The model file, written by swiftlet train.") var model: String
  @Argument(valueName: "FILE", help: "The file of texts; - or nothing is standard input.") var file: String?
  @Flag(help: "Show every token with its nats.") var perToken
  @Flag(help: "Show only the totals of all texts.") var summary
  @Option(help: "The order of the texts: as in the file, or by nats per token, highest first.") var sort = Order.file
  @Option(in: .atLeast(1), default: "all", help: "Show only this many texts.") var top: Int?
  @Option(default: "lines; the strings of .json and .jsonl", help: "How to split the file into texts.")
  var documents: DocumentForm?
  @Flag(help: "Print one JSON document.") var json
  @Option(in: .from(1, to: 256), help: "The number of threads; the result does not depend on it.") var threads = 1

  func validate() throws {
    if summary && (perToken || sort != .file || top != nil) {
      throw ValidationError("--summary shows only totals; leave out --per-token, --sort and --top")
    }
  }

  func run() throws {
    let model = try Model(contentsOf: model)
    let texts = try Corpus(contentsOf: [file ?? "-"], as: documents).documents
    for warning in model.tokenizer.warnings { try StandardStream.error.writeLine("swiftlet: \(warning)") }
    var totals = ScoreTotals()
    var scored: [(text: Int, score: TextScore)] = []
    var output = ScoreOutput(model, texts, isJSON: json, showsTokens: perToken)
    var left = top ?? .max
    try forEachBlock(of: texts) { block in
      let scores = try model.scores(of: texts, block, keepingTokens: perToken, threads: threads)
      for (text, score) in zip(block, scores) {
        totals.add(score)
        if summary { continue }
        if sort == .surprise {
          scored.append((text, score))
        } else if left > 0 {
          left -= 1
          try output.add(text, score)
        }
      }
    }
    if summary { return try StandardStream.output.write(json ? totals.json.text(pretty: true) + "\n" : totals.text) }
    // Equally surprising texts stay in the order of the file.
    scored.sort { ($1.score.natsPerToken, $0.text) < ($0.score.natsPerToken, $1.text) }
    for (text, score) in scored.prefix(left) { try output.add(text, score) }
    try output.end()
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

/// The sums over all texts.
private struct ScoreTotals {
  private var texts = 0
  private var tokens = 0
  private var bytes = 0
  private var nats = 0.0

  mutating func add(_ score: TextScore) {
    texts += 1
    tokens += score.predictionCount
    bytes += score.byteCount
    nats += score.total
  }

  private var natsPerToken: Double { nats / Double(max(1, tokens)) }
  private var bitsPerByte: Double { nats / natsPerBit / Double(max(1, bytes)) }

  var text: String {
    """
    \(texts.of("text")), \(tokens.of("token")) including the ends, \(bytes.of("byte"))
    \(natsPerToken.fixed(4)) nats per token
    \(bitsPerByte.fixed(4)) bits per byte

    """
  }

  var json: JSON {
    [
      "texts": .integer(texts), "tokens": .integer(tokens), "bytes": .integer(bytes), "nats": .real(nats),
      "natsPerToken": .real(natsPerToken), "bitsPerByte": .real(bitsPerByte),
    ]
  }
}

/// Writes scores in blocks, as they are computed.
private struct ScoreOutput {
  private let model: Model
  private let texts: Documents
  private let isJSON: Bool
  private let showsTokens: Bool
  private var count = 0
  private var waiting = ""

  init(_ model: Model, _ texts: Documents, isJSON: Bool, showsTokens: Bool) {
    self.model = model
    self.texts = texts
    self.isJSON = isJSON
    self.showsTokens = showsTokens
  }

  mutating func add(_ text: Int, _ score: TextScore) throws {
    if isJSON {
      waiting += (count == 0 ? "[\n  " : ",\n  ") + document(of: text, score).text()
    } else {
      let line = texts.text(text).escapingLineFeeds
      waiting += "\(score.natsPerToken.fixed(4))\t\(score.bitsPerByte?.fixed(4) ?? "-")\t\(line)\n"
      if showsTokens {
        for (token, nats) in zip(score.tokens.dropFirst(), score.nats) {
          waiting += "  \(Double(nats).fixed(4))\t\(shown(token))\n"
        }
      }
    }
    count += 1
    if waiting.utf8.count > 1 << 16 { try writeWaiting() }
  }

  mutating func end() throws {
    try writeWaiting()
    if isJSON { try StandardStream.output.write(count == 0 ? "[]\n" : "\n]\n") }
  }

  private mutating func writeWaiting() throws {
    if isJSON { try StandardStream.output.writeJSON(waiting) } else { try StandardStream.output.writeText(waiting) }
    waiting = ""
  }

  private func shown(_ token: TokenID) -> String {
    token == model.configuration.boundary ? "(end)" : model.tokenizer.displayText(of: token)
  }

  private func document(of text: Int, _ score: TextScore) -> JSON {
    var object = JSON.Object()
    object["text"] = .string(texts.text(text))
    if showsTokens {
      object["tokens"] = .array(score.tokens.map { .integer($0) })
      object["nats"] = .array(score.nats.map { .real($0) })
    }
    object["total"] = .real(score.total)
    object["natsPerToken"] = .real(score.natsPerToken)
    object["bitsPerByte"] = score.bitsPerByte.map(JSON.real) ?? .null
    return .object(object)
  }
}
