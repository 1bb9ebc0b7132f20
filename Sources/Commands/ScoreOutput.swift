import Datasets
import StrictJSON
import Support
import SwiftletKit
import Terminal
import Training

/// The sums over all texts.
struct ScoreTotals {
  private var texts = 0
  private var tokens = 0
  private var bytes = 0
  private var nats = 0.0
  private var spelling = 0.0
  private var unknownTokens = 0
  /// The number of texts with unknown text.
  private var unknownTexts = 0
  /// The number of texts that have no score because of it.
  private(set) var unscored = 0

  mutating func add(_ judgment: Judgment) {
    texts += 1
    switch judgment {
    case .score(let score):
      tokens += score.predictionCount
      bytes += score.byteCount
      nats += score.total
      spelling += score.spelling
      unknownTokens += score.unknown.count
      if !score.unknown.isEmpty { unknownTexts += 1 }
    case .unknown:
      unknownTexts += 1
      unscored += 1
    }
  }

  private var natsPerToken: Double? { tokens == 0 ? nil : nats / Double(tokens) }
  private var bitsPerByte: Double? { bytes == 0 ? nil : (nats + spelling) / natsPerBit / Double(bytes) }
  private var unknownShare: Double { Double(unknownTokens) / Double(max(1, tokens)) }

  var text: String {
    var lines = [
      "\((texts - unscored).of("text")), \(tokens.of("token")) including the ends, \(bytes.of("byte"))",
      "\(natsPerToken?.fixed(4) ?? "-") nats per token", "\(bitsPerByte?.fixed(4) ?? "-") bits per byte",
    ]
    if unknownTokens > 0 {
      lines.append(
        "\(unknownShare.percent) of tokens unknown, in \((unknownTexts - unscored).of("text")), at 8 bits per byte to spell"
      )
    }
    if unscored > 0 { lines.append("\(unscored.of("text")) without a score, because of unknown text") }
    return lines.map { $0 + "\n" }.joined()
  }

  var json: JSON {
    [
      "texts": .integer(texts - unscored), "tokens": .integer(tokens), "bytes": .integer(bytes), "nats": .real(nats),
      "natsPerToken": natsPerToken.map(JSON.real) ?? .null, "bitsPerByte": bitsPerByte.map(JSON.real) ?? .null,
      "spelling": .real(spelling), "unknownTokens": .integer(unknownTokens), "unknownShare": .real(unknownShare),
      "unknownTexts": .integer(unknownTexts), "unscored": .integer(unscored),
    ]
  }
}

/// Writes scores in blocks, as they are computed.
struct ScoreOutput {
  private let model: Model
  private let corpus: Corpus
  private let isJSON: Bool
  private let showsTokens: Bool
  private var count = 0
  private var waiting = ""

  init(_ model: Model, _ corpus: Corpus, isJSON: Bool, showsTokens: Bool) {
    self.model = model
    self.corpus = corpus
    self.isJSON = isJSON
    self.showsTokens = showsTokens
  }

  mutating func add(_ text: Int, _ judgment: Judgment) throws {
    if isJSON {
      waiting += (count == 0 ? "[\n  " : ",\n  ") + document(of: text, judgment).text()
    } else {
      waiting += lines(of: text, judgment)
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

  private func lines(of text: Int, _ judgment: Judgment) -> String {
    let line = corpus.documents.text(text).escapingLineFeeds
    switch judgment {
    case .unknown(let pieces, _): return "unknown\t\(pieces.quoted)\t\(line)\n"
    case .score(let score):
      var lines = "\(score.natsPerToken.fixed(4))\t\(score.bitsPerByte?.fixed(4) ?? "-")\t\(line)\n"
      if showsTokens {
        for (token, nats) in zip(score.tokens.dropFirst(), score.nats) {
          lines += "  \(Double(nats).fixed(4))\t\(shown(token))\n"
        }
      }
      return lines
    }
  }

  private func shown(_ token: TokenID) -> String {
    token == model.configuration.boundary ? "(end)" : model.tokenizer.displayText(of: token)
  }

  private func document(of text: Int, _ judgment: Judgment) -> JSON {
    judgment.document(
      of: corpus.documents.text(text), at: corpus.places.place(of: text), showsTokens: showsTokens)
  }
}

extension Judgment {
  /// Returns the scores of a text as JSON, with its place in a file if it has one.
  func document(
    of text: String, at place: (unit: DocumentPlaces.Unit, number: Int)? = nil, showsTokens: Bool
  ) -> JSON {
    var object = JSON.Object()
    object["text"] = .string(text)
    if let place { object[place.unit.rawValue] = .integer(place.number) }
    switch self {
    case .unknown(let pieces, _):
      for key in (showsTokens ? ["tokens", "nats"] : []) + ["total", "natsPerToken", "bitsPerByte"] {
        object[key] = .null
      }
      object["unknown"] = .array(pieces.map(JSON.string))
    case .score(let score):
      if showsTokens {
        object["tokens"] = .array(score.tokens.map { .integer($0) })
        object["nats"] = .array(score.nats.map { .real($0) })
      }
      object["total"] = .real(score.total)
      object["natsPerToken"] = .real(score.natsPerToken)
      object["bitsPerByte"] = score.bitsPerByte.map(JSON.real) ?? .null
      object["unknown"] = .array(score.unknown.map(JSON.string))
    }
    return .object(object)
  }
}

extension Sequence<String> {
  /// The different texts in quotation marks, each once: `“J” “é”`. An empty one is a missing space.
  var quoted: String {
    var seen: Set<[UInt8]> = []
    return filter { seen.insert(Array($0.utf8)).inserted }
      .map { $0.isEmpty ? "(missing space)" : "“\($0.escapingInvisibles)”" }.joined(separator: " ")
  }
}
