import Tokenization

/// The unit of text that is one token.
package enum CharacterUnit: String, CaseIterable, Sendable {
  /// A grapheme cluster: a letter with its accents, a family of emoji, CR LF.
  case grapheme
  /// A Unicode scalar.
  case scalar
  /// A byte of UTF-8.
  case byte
}

extension CharacterUnit {
  /// Returns the end of the one-byte characters that begin at `start`.
  ///
  /// An ASCII byte before a non-ASCII byte may be the base of an accent, and CR may be joined with LF. Both are
  /// excluded.
  @inline(__always)
  func endOfSingleBytes(in text: Span<UInt8>, from start: Int) -> Int {
    if self == .byte { return text.count }
    var end = start
    let bytes = text.bytes
    while end + 8 <= text.count {
      let eight = bytes.unsafeLoadUnaligned(fromByteOffset: end, as: UInt64.self)
      if eight & 0x8080_8080_8080_8080 != 0 || (self == .grapheme && holdsCarriageReturn(eight)) { break }
      end += 8
    }
    while end < text.count && text[end] < 0x80 && !(self == .grapheme && text[end] == carriageReturn) { end += 1 }
    let mayBeBase = self == .grapheme && end < text.count && text[end] >= 0x80
    return mayBeBase ? max(start, end - 1) : end
  }

  /// Calls `body` with the range of each character from `start` on, up to an offset from which `endOfSingleBytes` can
  /// continue.
  ///
  /// - Returns: That offset.
  func forEachCharacter(
    of text: Span<UInt8>, from start: Int, _ body: (Range<Int>) throws(TokenizerError) -> Void
  ) throws(TokenizerError) -> Int {
    switch self {
    case .byte:
      return start
    case .scalar:
      var start = start
      while start < text.count && text[start] >= 0x80 {
        let end = start + scalarLength(text[start])
        guard end <= text.count else { throw .invalidUTF8(offset: start) }
        try body(start..<end)
        start = end
      }
      return start
    case .grapheme:
      let end = endOfChunk(of: text, from: start)
      let valid = try validated(text.extracting(start..<end), at: start)
      var characterStart = start
      #if hasFeature(Embedded)
        for character in String(copying: valid) {
          let characterEnd = characterStart + character.utf8.count
          try body(characterStart..<characterEnd)
          characterStart = characterEnd
        }
      #else
        var characters = valid.makeCharacterIterator()
        while characters.skipForward() > 0 {
          let characterEnd = start + characters.currentCodeUnitOffset
          try body(characterStart..<characterEnd)
          characterStart = characterEnd
        }
      #endif
      return end
    }
  }

  /// Returns the next offset after `start` that is a character boundary in any context: between two ASCII bytes that
  /// are not CR LF.
  private func endOfChunk(of text: Span<UInt8>, from start: Int) -> Int {
    var end = start + 1
    while end < text.count {
      let isBoundary = text[end - 1] < 0x80 && text[end] < 0x80
      if isBoundary && !(text[end - 1] == carriageReturn && text[end] == lineFeed) { return end }
      end += 1
    }
    return text.count
  }
}

private let carriageReturn: UInt8 = 0x0d
private let lineFeed: UInt8 = 0x0a

/// Returns true if one of eight ASCII bytes is CR. Adding 0x7f to the difference from CR sets the high bit of every
/// byte but CR.
private func holdsCarriageReturn(_ eight: UInt64) -> Bool {
  let difference = eight ^ 0x0d0d_0d0d_0d0d_0d0d
  return (difference &+ 0x7f7f_7f7f_7f7f_7f7f) & 0x8080_8080_8080_8080 != 0x8080_8080_8080_8080
}

private func scalarLength(_ lead: UInt8) -> Int {
  lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
}

@_lifetime(copy text)
private func validated(_ text: Span<UInt8>, at start: Int) throws(TokenizerError) -> UTF8Span {
  do {
    return try UTF8Span(validating: text)
  } catch {
    throw .invalidUTF8(offset: start + error.byteOffsets.lowerBound)
  }
}
