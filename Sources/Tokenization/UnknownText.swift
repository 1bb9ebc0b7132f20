import Support

/// The amount of text that has no tokens of its own, and the cost of spelling it.
///
/// The unknown token says that something is there, and not what. Bits per byte therefore also count a code that says
/// what: for each unknown piece, eight bits for every byte of it in UTF-8 and eight for its end.
package struct UnknownText: Sendable, Equatable {
  /// The number of pieces, each of which has one unknown token.
  package private(set) var pieceCount = 0
  /// The number of UTF-8 bytes of all pieces.
  package private(set) var byteCount = 0

  package init() {}

  package init(pieceCount: Int, byteCount: Int) {
    self.pieceCount = pieceCount
    self.byteCount = byteCount
  }

  package mutating func addPiece(ofBytes count: Int) {
    pieceCount += 1
    byteCount += count
  }

  package static func += (one: inout UnknownText, other: UnknownText) {
    one.pieceCount += other.pieceCount
    one.byteCount += other.byteCount
  }

  /// The cost of spelling all pieces, in nats.
  package var nats: Double { Double(8 * (byteCount + pieceCount)) * natsPerBit }
}

extension Tokenizer {
  /// Returns the ranges of all pieces of `text` that stop this tokenizer, which has no unknown token.
  package func unknownPieces(ofNormalized text: Span<UInt8>) throws(TokenizerError) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var start = 0
    while let piece = try firstUnknownPiece(of: text.extracting(droppingFirst: start)) {
      let end = min(start + piece.upperBound, text.count)
      pieces.append(start + piece.lowerBound..<end)
      start = end
    }
    return pieces
  }

  private func firstUnknownPiece(of text: Span<UInt8>) throws(TokenizerError) -> Range<Int>? {
    var tokens: [TokenID] = []
    do throws(TokenizerError) {
      try encodeNormalized(text, into: &tokens)
      return nil
    } catch {
      guard let piece = error.unknownPiece, piece.upperBound > 0 else { throw error }
      return piece
    }
  }
}

extension TokenizerError {
  /// The range of the text, if any, for which there is no token.
  package var unknownPiece: Range<Int>? {
    switch self {
    case .unknownText(let piece, let offset, _, _), .unknownSpacing(let piece, let offset, _):
      offset..<offset + piece.utf8.count
    default: nil
    }
  }
}
