import Tokenization
import UnicodeRules

/// Finds the words of a text: ICU's segments other than white space, and the matches of a protected pattern.
package final class WordSegmenter: Sendable {
  private let breaker: WordBreaker
  private let ascii: ASCIIWords?
  private let keep: RegularExpression?

  package init(locale: String, keep: RegularExpression?) throws(TokenizerError) {
    breaker = try WordBreaker(locale: locale)
    ascii = try ASCIIWords(like: breaker)
    self.keep = keep
  }

  /// Calls `body` with each word of `text`, in order. Between words there is only white space.
  @inline(__always)
  package func forEachWord(
    of text: Span<UInt8>, _ body: (Range<Int>) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    var start = 0
    try keep?.forEachMatch(in: text) { match throws(TokenizerError) in
      guard !WhiteSpace.fills(text.extracting(match)) else { return }
      try split(text, start..<match.lowerBound, body)
      try body(match)
      start = match.upperBound
    }
    try split(text, start..<text.count, body)
  }

  @inline(__always)
  private func split(
    _ text: Span<UInt8>, _ range: Range<Int>, _ body: (Range<Int>) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    var position = range.lowerBound
    while position < range.upperBound {
      if let ascii {
        let end = endOfASCII(text, position..<range.upperBound)
        try ascii.forEachWord(of: text, position..<end, body)
        position = end
      }
      let end = ascii == nil ? range.upperBound : endOfChunk(text, position..<range.upperBound)
      try splitByICU(text, position..<end, body)
      position = end
    }
  }

  @inline(never)
  private func splitByICU(
    _ text: Span<UInt8>, _ range: Range<Int>, _ body: (Range<Int>) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    guard !range.isEmpty else { return }
    try breaker.forEachSegment(of: text.extracting(range)) { segment throws(TokenizerError) in
      let word = range.lowerBound + segment.lowerBound..<range.lowerBound + segment.upperBound
      if !WhiteSpace.fills(text.extracting(word)) { try body(word) }
    }
  }
}

/// Returns the end of the ASCII text at the start of `range`, shortened to a boundary that later text cannot move: in
/// every locale and context, a segment ends between a space and an ASCII character other than a space.
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

/// Returns the end of the text at the start of `range` that ICU must split: the first sure boundary after a non-ASCII
/// byte.
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
