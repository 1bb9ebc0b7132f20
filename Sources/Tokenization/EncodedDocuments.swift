/// Many encoded texts in one array: their tokens end to end, and where each text ends.
package struct EncodedDocuments: Sendable, Equatable {
  package private(set) var tokens: [TokenID] = []
  package private(set) var ends: [Int] = []
  /// How many of the tokens stand for a piece outside the vocabulary.
  package private(set) var unknownCount = 0

  package var count: Int { ends.count }

  /// Where document `index` lies in `tokens`.
  package func range(_ index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  package subscript(index: Int) -> Span<TokenID> {
    @_lifetime(borrow self)
    get { tokens.span.extracting(range(index)) }
  }

  fileprivate init() {}

  /// Encodes the documents of `piece` one after another; `body` hears what each becomes before it is cut.
  package init(
    _ piece: DocumentPiece, with tokenizer: some Tokenizer, _ body: (Span<UInt8>) -> Void = { _ in }
  ) throws(TokenizerError) {
    var tokens: [TokenID] = []
    var ends: [Int] = []
    tokens.reserveCapacity(piece.byteCount)
    ends.reserveCapacity(piece.count)
    try piece.forEachText(changedBy: tokenizer.changed) { text throws(TokenizerError) in
      body(text)
      try tokenizer.cut(text, into: &tokens)
      ends.append(tokens.count)
    }
    if let unknown = tokenizer.unknown { unknownCount = tokens.count { $0 == unknown } }
    (self.tokens, self.ends) = (tokens, ends)
  }

  fileprivate mutating func append(_ more: EncodedDocuments) {
    let start = tokens.count
    tokens.append(contentsOf: more.tokens)
    for end in more.ends { ends.append(start + end) }
    unknownCount += more.unknownCount
  }
}

extension Tokenizer {
  /// Encodes every document, on `threads` threads. `progress` hears now and then how many bytes are done.
  package func encode(
    _ documents: consuming Documents, threads: Int = 1, progress: (@Sendable (Int) -> Void)? = nil
  ) throws(TokenizerError) -> EncodedDocuments {
    try documents.gather(into: EncodedDocuments(), threads: threads, progress: progress) {
      piece throws(TokenizerError) in
      try EncodedDocuments(piece, with: self)
    } join: {
      $0.append($1)
    }
  }
}
