import Support

/// Consecutive documents of a corpus.
package struct DocumentChunk: Sendable {
  /// The index of the first document in the corpus.
  package let first: Int
  let block: Documents.Block
  let range: Range<Int>

  package var count: Int { range.count }
  package var byteCount: Int {
    range.isEmpty ? 0 : block.range(range.upperBound - 1).upperBound - block.range(range.lowerBound).lowerBound
  }
  /// The number of bytes of each text.
  package var byteCounts: [UInt32] { range.map { UInt32(block.range($0).count) } }

  /// Calls `body` with each text in order. An error that it throws gets the number of the text.
  package func forEachText(_ body: (Span<UInt8>) throws(TokenizerError) -> Void) throws(TokenizerError) {
    let bytes = block.bytes.span
    for index in range {
      if index.isMultiple(of: 1024) && Cancellation.isRequested { return }
      do {
        try body(bytes.extracting(block.range(index)))
      } catch {
        throw .inDocument(first + index - range.lowerBound, error)
      }
    }
  }

  /// Calls `body` with the normal form of each text in order: the result of `normalize`, or the text itself if that is
  /// `nil`.
  package func forEachText(
    normalizedBy normalize: (Span<UInt8>) throws(TokenizerError) -> [UInt8]?,
    _ body: (Span<UInt8>) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    try forEachText { text throws(TokenizerError) in
      if let normal = try normalize(text) { try body(normal.span) } else { try body(text) }
    }
  }
}
