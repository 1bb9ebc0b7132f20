import Tokenization
import UnicodeRules

/// Cuts ASCII text exactly as ICU does, many times faster.
///
/// What each character does is asked of ICU itself at the start, because it differs between locales and versions: ICU 72 takes `@` for
/// a letter and 74 does not; `k:a` is one word in Swedish and Finnish alone. If ICU cuts the questions in any way not foreseen here,
/// there is no short way, and ICU cuts everything.
package struct ASCIIWords: Sendable {
  /// How a character joins its neighbours in a word.
  fileprivate enum Role: UInt8 {
    case letter, digit, connector
    /// Joins two letters, two digits, or either, but only standing between them.
    case betweenLetters, betweenDigits, betweenBoth
    case alone
    case whiteSpace
  }

  /// The role of each byte.
  private var roles: [Role]

  /// The answers that make a role: whether `c` leaves in one piece "aca", "0c0", "_c_", "cc", "c.c" and "c,c".
  private static let rolesByAnswers: [[Bool]: Role] = [
    [true, true, true, true, true, false]: .letter,
    [true, true, true, true, true, true]: .digit,
    [true, true, true, true, false, false]: .connector,
    [true, false, false, false, false, false]: .betweenLetters,
    [false, true, false, false, false, false]: .betweenDigits,
    [true, true, false, false, false, false]: .betweenBoth,
    [false, false, false, false, false, false]: .alone,
  ]

  private static func questions(_ character: UInt8) -> [[UInt8]] {
    [[0x61, character, 0x61], [0x30, character, 0x30], [0x5f, character, 0x5f], [character, character]]
      + [[character, 0x2e, character], [character, 0x2c, character]]
  }

  package init?(like breaker: WordBreaker) throws(TokenizerError) {
    let characters = (UInt8(0x21)...0x7e)
    var text: [UInt8] = [0x0a]
    for question in characters.flatMap(Self.questions) { text += question + [0x0a] }
    var ends: Set<Int> = []
    try breaker.forEachSegment(of: text.span) { segment throws(TokenizerError) in ends.insert(segment.upperBound) }

    // Control characters always stand alone.
    roles = (0..<256).map { WhiteSpace.contains($0) ? .whiteSpace : .alone }
    var start = 1
    for character in characters {
      let answers = Self.questions(character).map { question in
        defer { start += question.count + 1 }
        return (start + 1..<start + question.count).allSatisfy { !ends.contains($0) }
      }
      guard let role = Self.rolesByAnswers[answers] else { return nil }
      roles[Int(character)] = role
    }

    let letters = characters.filter { (0x61...0x7a).contains($0 | 0x20) }
    guard letters.allSatisfy({ roles[Int($0)] == .letter }) else { return nil }

    var expected: Set<Int> = []
    forEachPiece(of: text.span, 0..<text.count) { piece in expected.formUnion([piece.lowerBound, piece.upperBound]) }
    guard expected.isSubset(of: ends) && ends.subtracting(expected).allSatisfy({ text[$0 - 1] == 0x0a }) else {
      return nil
    }
  }

  /// Calls `body` with each segment, other than of white space, of the part of `text` at `range`, whose bytes are ASCII.
  @inline(__always)
  package func forEachPiece<Failure: Error>(
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

  /// Where the segment ends that begins at `start`, which is not white space, in a text whose bytes up to `limit` are ASCII.
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

/// Where the letters from A to Z end that begin at `start`, or a place before, eight characters at a time.
@inline(__always)
private func endOfLetters(of text: Span<UInt8>, from start: Int, to limit: Int) -> Int {
  let bytes = text.bytes
  var end = start
  while end + 8 <= limit {
    let eight = UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: end, as: UInt64.self))
    // All are ASCII: each sum reaches the eighth bit of its byte if the letter is at least a, and if it is beyond z.
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
