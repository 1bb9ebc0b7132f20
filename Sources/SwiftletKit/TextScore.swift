import Inference
import ModelFiles
import NGrams
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

  /// The pieces of the text that the unknown token replaces, in their order.
  public var unknown: [String]
  /// The cost of spelling these pieces in nats: eight bits for each of their bytes, and eight for the end of each.
  public var spelling: Double

  /// The mean loss of a token. An unknown piece counts as the unknown token.
  public var natsPerToken: Double { total / Double(predictionCount) }

  /// The loss per byte, which is comparable between tokenizers; `nil` for the empty text. It includes `spelling`.
  public var bitsPerByte: Double? {
    byteCount == 0 ? nil : (total + spelling) / natsPerBit / Double(byteCount)
  }
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
    return try judgments(of: documents, 0..<documents.count, threads: threads).enumerated().map { index, judgment in
      switch judgment {
      case .score(let score): return score
      case .unknown(_, let error): throw TokenizerError.inDocument(index, error)
      }
    }
  }

  /// Scores those of a range of documents that the tokenizer can encode. Without `keepingTokens`, the scores have empty
  /// `tokens` and `nats`.
  package func judgments(
    of documents: Documents, _ range: Range<Int>, keepingTokens: Bool = true, threads: Int = 1
  ) throws -> [Judgment] {
    var encoded: [EncodedText] = []
    encoded.reserveCapacity(range.count)
    for index in range {
      do throws(TokenizerError) {
        encoded.append(try EncodedText(documents[index].span, with: tokenizer))
      } catch {
        throw TokenizerError.inDocument(index, error)
      }
    }
    let nats = network.nats(
      of: encoded.filter { $0.error == nil }.map(\.tokens), keepingEach: keepingTokens, threads: threads)
    let boundary = configuration.boundary
    var next = nats.makeIterator()
    return try zip(range, encoded).map { index, text in
      if let error = text.error { return .unknown(text.unknown, error) }
      guard let nats = next.next(), nats.total.isFinite else {
        throw ModelError(noScoreFor: index, documents.text(index))
      }
      return .score(
        TextScore(
          tokens: keepingTokens ? [boundary] + text.tokens + [boundary] : [], nats: nats.each, total: nats.total,
          predictionCount: text.tokens.count + 1, byteCount: documents.byteCount(of: index), unknown: text.unknown,
          spelling: text.unknownText.nats))
    }
  }
}

extension Model {
  /// Returns the runs of `length` tokens in `documents`, and the number of documents that the tokenizer cannot encode.
  package func runs(of length: Int, in documents: Documents) throws -> (runs: TokenRuns, unknown: Int) {
    var runs = TokenRuns(of: length)
    var unknown = 0
    for index in 0..<documents.count {
      do throws(TokenizerError) {
        let text = try EncodedText(documents[index].span, with: tokenizer)
        if text.error == nil { runs.add(text.tokens) } else { unknown += 1 }
      } catch {
        throw TokenizerError.inDocument(index, error)
      }
    }
    return (runs, unknown)
  }
}

/// The score of a text, or the pieces for which the tokenizer has no token.
package enum Judgment: Sendable {
  case score(TextScore)
  case unknown([String], TokenizerError)
}

/// A text in tokens, with its unknown pieces.
private struct EncodedText {
  var tokens: [TokenID] = []
  var unknown: [String] = []
  var unknownText = UnknownText()
  /// The error of a text that cannot be encoded.
  var error: TokenizerError?

  init(_ text: Span<UInt8>, with tokenizer: some Tokenizer) throws(TokenizerError) {
    if let normal = try tokenizer.normalized(text) {
      try self.init(normalized: normal.span, with: tokenizer)
    } else {
      try self.init(normalized: text, with: tokenizer)
    }
  }

  private init(normalized text: Span<UInt8>, with tokenizer: some Tokenizer) throws(TokenizerError) {
    var pieces: [Range<Int>] = []
    do throws(TokenizerError) {
      try tokenizer.encodeNormalized(text, into: &tokens) { pieces.append($0) }
    } catch {
      guard error.unknownPiece != nil else { throw error }
      self.error = error
      pieces = try tokenizer.unknownPieces(ofNormalized: text)
    }
    for piece in pieces {
      unknown.append(String(decoding: Array(copying: text.extracting(piece)), as: UTF8.self))
      unknownText.addPiece(ofBytes: piece.count)
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
