import Tokenization

/// Calls `body` with each word of `text`, together with the white space before it. A word of more than 60 bytes is
/// divided, because the time for merging grows with the square of the length.
func forEachWord<Failure: Error>(
  of text: Span<UInt8>, _ body: (Range<Int>) throws(Failure) -> Void
) throws(Failure) {
  var start = 0
  var end = 0
  while end < text.count {
    end += 1
    if end == text.count || isSpace(text[end]) && !isSpace(text[end - 1])
      || end - start >= 60 && (!isContinuation(text[end]) || end - start == 63)
    {
      try body(start..<end)
      start = end
    }
  }
}

/// Calls `body` with each Unicode scalar of `text`.
func forEachCharacter(of text: Span<UInt8>, _ body: (Range<Int>) -> Void) {
  var start = 0
  for end in 1..<text.count + 1 where end == text.count || !isContinuation(text[end]) {
    body(start..<end)
    start = end
  }
}

private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }
private func isContinuation(_ byte: UInt8) -> Bool { byte & 0xc0 == 0x80 }
