/// The tokens of many documents in one array, with the end of each document.
package struct EncodedDocuments: Sendable, Equatable {
  package private(set) var tokens: [TokenID] = []
  package private(set) var ends: [Int] = []
  /// The unknown text of each document; empty if the tokenizer has no unknown token.
  package private(set) var unknown: [UnknownText] = []

  package var count: Int { ends.count }

  /// The range of document `index` in `tokens`.
  package func range(_ index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  package subscript(index: Int) -> Span<TokenID> {
    @_lifetime(borrow self)
    get { tokens.span.extracting(range(index)) }
  }

  fileprivate init() {}

  /// Encodes the documents of `chunk`, and calls `body` with the normal form of each.
  package init(
    _ chunk: DocumentChunk, with tokenizer: some Tokenizer, _ body: (Span<UInt8>) -> Void = { _ in }
  ) throws(TokenizerError) {
    var tokens: [TokenID] = []
    var ends: [Int] = []
    var unknown: [UnknownText] = []
    tokens.reserveCapacity(chunk.byteCount)
    ends.reserveCapacity(chunk.count)
    try chunk.forEachText(normalizedBy: tokenizer.normalized) { text throws(TokenizerError) in
      body(text)
      if tokenizer.unknown == nil {
        try tokenizer.encodeNormalized(text, into: &tokens)
      } else {
        var pieces = UnknownText()
        try tokenizer.encodeNormalized(text, into: &tokens) { pieces.addPiece(ofBytes: $0.count) }
        unknown.append(pieces)
      }
      ends.append(tokens.count)
    }
    (self.tokens, self.ends, self.unknown) = (tokens, ends, unknown)
  }

  fileprivate mutating func append(_ more: EncodedDocuments) {
    let start = tokens.count
    tokens.append(contentsOf: more.tokens)
    for end in more.ends { ends.append(start + end) }
    unknown += more.unknown
  }
}

extension Tokenizer {
  /// Encodes all documents, on `threads` threads.
  package func encode(
    _ documents: consuming Documents, threads: Int = 1
  ) throws(TokenizerError) -> EncodedDocuments {
    try documents.mapReduce(into: EncodedDocuments(), threads: threads) { chunk throws(TokenizerError) in
      try EncodedDocuments(chunk, with: self)
    } combine: {
      $0.append($1)
    }
  }
}
