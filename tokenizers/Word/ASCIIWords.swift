import Tokenization
import UnicodeRules

/// A fast path for ASCII text that finds the same words as ICU.
///
/// The role of each character is learned from ICU itself, because it differs between locales and versions: `@` is a
/// letter in ICU 72 but not in 74, and `k:a` is one word only in Swedish and Finnish. If ICU splits the probes in an
/// unforeseen way, there is no fast path, and ICU splits all text.
package struct ASCIIWords: Sendable {
  /// The way a character joins its neighbors into a word.
  fileprivate enum Role: UInt8 {
    case letter, digit, connector
    /// Joins two letters, two digits, or either, but only between them.
    case betweenLetters, betweenDigits, betweenBoth
    case alone
    case whiteSpace
  }

  /// The role of each byte.
  private var roles: [Role]

  /// The role of a character `c` by which of the probes "aca", "0c0", "_c_", "cc", "c.c" and "c,c" are one word.
  private static let rolesByAnswers: [[Bool]: Role] = [
    [true, true, true, true, true, false]: .letter,
    [true, true, true, true, true, true]: .digit,
    [true, true, true, true, false, false]: .connector,
    [true, false, false, false, false, false]: .betweenLetters,
    [false, true, false, false, false, false]: .betweenDigits,
    [true, true, false, false, false, false]: .betweenBoth,
    [false, false, false, false, false, false]: .alone,
  ]

  private static func probes(_ character: UInt8) -> [[UInt8]] {
    [[0x61, character, 0x61], [0x30, character, 0x30], [0x5f, character, 0x5f], [character, character]]
      + [[character, 0x2e, character], [character, 0x2c, character]]
  }

  package init?(like breaker: WordBreaker) throws(TokenizerError) {
    let characters = (UInt8(0x21)...0x7e)
    var text: [UInt8] = [0x0a]
    for probe in characters.flatMap(Self.probes) { text += probe + [0x0a] }
    var ends: Set<Int> = []
    try breaker.forEachSegment(of: text.span) { segment throws(TokenizerError) in ends.insert(segment.upperBound) }

    // A control character is always a segment of its own.
    roles = (0..<256).map { WhiteSpace.contains($0) ? .whiteSpace : .alone }
    var start = 1
    for character in characters {
      let answers = Self.probes(character).map { probe in
        defer { start += probe.count + 1 }
        return (start + 1..<start + probe.count).allSatisfy { !ends.contains($0) }
      }
      guard let role = Self.rolesByAnswers[answers] else { return nil }
      roles[Int(character)] = role
    }

    let letters = characters.filter { (0x61...0x7a).contains($0 | 0x20) }
    guard letters.allSatisfy({ roles[Int($0)] == .letter }) else { return nil }

    var expected: Set<Int> = []
    forEachWord(of: text.span, 0..<text.count) { word in expected.formUnion([word.lowerBound, word.upperBound]) }
    guard expected.isSubset(of: ends) && ends.subtracting(expected).allSatisfy({ text[$0 - 1] == 0x0a }) else {
      return nil
    }
  }

  /// Calls `body` with each segment that is not white space in the ASCII bytes at `range` of `text`.
  @inline(__always)
  package func forEachWord<Failure: Error>(
    of text: Span<UInt8>, _ range: Range<Int>, _ body: (Range<Int>) throws(Failure) -> Void
  ) throws(Failure) {
    var position = range.lowerBound
    while position < range.upperBound {
      if roles[Int(text[position])] == .whiteSpace {
        position += 1
      } else {
        let end = end(of: text, from: position, to: range.upperBound)
        try body(position..<end)
        position = end
      }
    }
  }

  /// Returns the end of the segment that begins at `start`, which is not white space. All bytes up to `limit` are
  /// ASCII.
  @inline(__always)
  private func end(of text: Span<UInt8>, from start: Int, to limit: Int) -> Int {
    let roles = roles.span
    var end = endOfLetters(of: text, from: start, to: limit)
    if end == start {
      end += 1
      guard roles[Int(text[start])].isInWord else { return end }
    }
    while end < limit {
      let role = roles[Int(text[end])]
      if role.isInWord {
        end += 1
      } else if role.isBetween && end + 1 < limit
        && role.joins(roles[Int(text[end - 1])], roles[Int(text[end + 1])])
      {
        end += 2
      } else {
        break
      }
    }
    return end
  }
}

/// Returns an offset up to which the text from `start` on has only the letters A to Z. It tests eight bytes at a time,
/// and may stop early within the last eight.
@inline(__always)
private func endOfLetters(of text: Span<UInt8>, from start: Int, to limit: Int) -> Int {
  let bytes = text.bytes
  var end = start
  while end + 8 <= limit {
    let eight = UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: end, as: UInt64.self))
    // All bytes are ASCII. The sums set the high bit of a byte that is at least `a`, and of one that is beyond `z`.
    let small = eight | 0x2020_2020_2020_2020
    let isLetter = (small &+ 0x1f1f_1f1f_1f1f_1f1f) & ~(small &+ 0x0505_0505_0505_0505) & 0x8080_8080_8080_8080
    let count = (isLetter ^ 0x8080_8080_8080_8080).trailingZeroBitCount / 8
    end += count
    if count < 8 { break }
  }
  return end
}

extension ASCIIWords.Role {
  fileprivate var isInWord: Bool { rawValue <= ASCIIWords.Role.connector.rawValue }

  fileprivate var isBetween: Bool {
    self == .betweenLetters || self == .betweenDigits || self == .betweenBoth
  }

  fileprivate func joins(_ one: Self, _ other: Self) -> Bool {
    one == other && (one == .letter && self != .betweenDigits || one == .digit && self != .betweenLetters)
  }
}
