import Tokenization
import UnicodeRules

/// Finds the pieces of a text that become tokens: ICU's segments, without those of white space only, and protected matches.
package final class WordSegmenter: Sendable {
  private let breaker: WordBreaker
  private let ascii: ASCIIWords?
  private let keep: ProtectedPattern?

  package init(locale: String, keep: ProtectedPattern?) throws(TokenizerError) {
    breaker = try WordBreaker(locale: locale)
    ascii = try ASCIIWords(like: breaker)
    self.keep = keep
  }

  /// Calls `body` with each piece of `text`, in order. Between them is white space only.
  @inline(__always)
  package func forEachPiece(
    of text: Span<UInt8>, _ body: (Range<Int>) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    var start = 0
    try keep?.forEachMatch(in: text) { match throws(TokenizerError) in
      guard !WhiteSpace.fills(text.extracting(match)) else { return }
      try cut(text, start..<match.lowerBound, body)
      try body(match)
      start = match.upperBound
    }
    try cut(text, start..<text.count, body)
  }

  @inline(__always)
  private func cut(
    _ text: Span<UInt8>, _ range: Range<Int>, _ body: (Range<Int>) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    var position = range.lowerBound
    while position < range.upperBound {
      if let ascii {
        let end = endOfASCII(text, position..<range.upperBound)
        try ascii.forEachPiece(of: text, position..<end, body)
        position = end
      }
      let end = ascii == nil ? range.upperBound : endOfChunk(text, position..<range.upperBound)
      try cutByICU(text, position..<end, body)
      position = end
    }
  }

  @inline(never)
  private func cutByICU(
    _ text: Span<UInt8>, _ range: Range<Int>, _ body: (Range<Int>) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    guard !range.isEmpty else { return }
    try breaker.forEachSegment(of: text.extracting(range)) { segment throws(TokenizerError) in
      let piece = range.lowerBound + segment.lowerBound..<range.lowerBound + segment.upperBound
      if !WhiteSpace.fills(text.extracting(piece)) { try body(piece) }
    }
  }
}

/// Where the part of `range` ends that is ASCII and does not touch what is not: between a space and an ASCII character that is none,
/// every locale's rules end a segment, whatever stands around.
private func endOfASCII(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
  var end = range.lowerBound
  let bytes = text.bytes
  while end + 8 <= range.upperBound,
    bytes.unsafeLoadUnaligned(fromByteOffset: end, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
  {
    end += 8
  }
  while end < range.upperBound && text[end] < 0x80 { end += 1 }
  if end == range.upperBound { return end }
  while end > range.lowerBound && !isBoundary(text, end) { end -= 1 }
  return end
}

/// Where the part of `range` ends that ICU must cut: at the first sure boundary after something that is not ASCII.
private func endOfChunk(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
  guard !range.isEmpty else { return range.upperBound }
  var end = range.lowerBound
  while end < range.upperBound && text[end] < 0x80 { end += 1 }
  while end < range.upperBound && !isBoundary(text, end) { end += 1 }
  return end
}

private func isBoundary(_ text: Span<UInt8>, _ offset: Int) -> Bool {
  offset > 0 && text[offset - 1] == 0x20 && text[offset] != 0x20 && text[offset] < 0x80
}
