import Inference
import ModelFiles
import Support
import Tokenization

/// The probability that a model gives to a text.
public struct TextScore: Sendable, Equatable {
  /// The text's tokens, with the boundary before and after them.
  public var tokens: [TokenID]
  /// -ln of the probability of every token but the first, in nats.
  public var nats: [Float]
  /// The sum of `nats`: -ln of the probability of the whole text.
  public var total: Double
  /// The number of predicted tokens: those of the text, and its end.
  public var predictionCount: Int
  /// The UTF-8 bytes of the text.
  public var byteCount: Int

  /// The mean loss of a token.
  public var natsPerToken: Double { total / Double(predictionCount) }

  /// The loss per byte, which is comparable between tokenizers; `nil` for the empty text.
  public var bitsPerByte: Double? { byteCount == 0 ? nil : total / natsPerBit / Double(byteCount) }
}

extension Model {
  /// Scores a text. Texts longer than the context are read in windows, as in training.
  ///
  /// - Throws: `TokenizerError` if the text has characters that the model does not know, `ModelError` if the model's
  ///   weights are so large that the score is not finite.
  public func score(of text: String) throws -> TextScore {
    try scores(of: [text])[0]
  }

  /// Scores many texts, which is faster than one after the other.
  ///
  /// - Throws: The same errors as `score(of:)`.
  public func scores(of texts: some Sequence<String>, threads: Int = 1) throws -> [TextScore] {
    let documents = Documents(texts)
    return try scores(of: documents, 0..<documents.count, threads: threads)
  }

  /// Scores a range of documents. Without `keepingTokens`, the scores have empty `tokens` and `nats`.
  package func scores(
    of documents: Documents, _ range: Range<Int>, keepingTokens: Bool = true, threads: Int = 1
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
    let nats = network.nats(of: texts, keepingEach: keepingTokens, threads: threads)
    return try zip(range, zip(texts, nats)).map { index, scored in
      let (text, nats) = scored
      guard nats.total.isFinite else { throw ModelError(noScoreFor: index, documents.text(index)) }
      return TextScore(
        tokens: keepingTokens ? [boundary] + text + [boundary] : [], nats: nats.each, total: nats.total,
        predictionCount: text.count + 1, byteCount: documents.byteCount(of: index))
    }
  }
}

extension ModelError {
  fileprivate init(noScoreFor index: Int, _ text: String) {
    let excerpt = String(text.prefix(40)).escapingInvisibles + (text.count > 40 ? "…" : "")
    self.init(
      "document \(index + 1), “\(excerpt)”, has no score: the model's weights are too large to calculate with. "
        + "Train it again at a lower learning rate, or with --clip 1.")
  }
}
