import Inference
import ModelFiles
import Support
import Tokenization
import TrainingEngine

/// How surprising a model finds a text.
public struct TextScore: Sendable {
  /// The text's tokens with the boundary before and after them; empty where only the sums were wanted.
  public var tokens: [TokenID]
  /// -ln of the probability of every token but the first, in nats; empty where only the sums were wanted.
  public var nats: [Float]
  /// The sum of these: -ln of the probability of the whole text.
  public var total: Double
  /// How many tokens were predicted: the text's, and its end.
  public var predictions: Int
  /// The UTF-8 bytes of the text.
  public var byteCount: Int

  /// The mean of −ln of the probability over all predicted tokens.
  public var natsPerToken: Double { total / Double(predictions) }

  /// The same information for each byte, which can be compared between tokenizers; `nil` for the empty text.
  public var bitsPerByte: Double? { byteCount == 0 ? nil : total / natsPerBit / Double(byteCount) }
}

extension Model {
  /// How surprising `text` is. Texts longer than the context are read in windows, as in training.
  public func score(_ text: String) throws -> TextScore {
    try scores([text])[0]
  }

  /// Scores many texts at a time, which is faster than one after the other.
  public func scores(_ texts: some Sequence<String>, threads: Int = 1) throws -> [TextScore] {
    let documents = Documents(texts)
    return try scores(documents, 0..<documents.count, threads: threads)
  }

  /// Scores those of `documents`; an error where the model's weights are so large that what it makes of a text is no number.
  public func scores(
    _ documents: Documents, _ range: Range<Int>, keepingTokens: Bool = true, threads: Int = 1
  ) throws -> [TextScore] {
    var texts: [[TokenID]] = []
    texts.reserveCapacity(range.count)
    for index in range {
      var tokens: [TokenID] = []
      do {
        try tokenizer.encode(documents[index].span, into: &tokens)
      } catch {
        throw TokenizerError.inDocument(index, error)
      }
      texts.append(tokens)
    }
    let boundary = configuration.boundary
    let nats = predictor.nats(of: texts, keepingEach: keepingTokens, threads: threads)
    return try zip(range, zip(texts, nats)).map { index, scored in
      let (text, nats) = scored
      guard nats.total.isFinite else { throw ScoringError(document: index, documents.text(index)) }
      return TextScore(
        tokens: keepingTokens ? [boundary] + text + [boundary] : [], nats: nats.each, total: nats.total,
        predictions: text.count + 1, byteCount: documents.byteCount(of: index))
    }
  }
}

/// Why a text has no score, as a sentence that says which and what to do.
public struct ScoringError: Error, Equatable, CustomStringConvertible {
  public let description: String

  init(document index: Int, _ text: String) {
    let excerpt = String(text.prefix(40)).escapingInvisibles + (text.count > 40 ? "…" : "")
    description =
      "document \(index + 1), “\(excerpt)”, has no score: the model's weights are too large to calculate with. Train it again at a lower learning rate, or with --clip 1."
  }
}
