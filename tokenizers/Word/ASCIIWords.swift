import Tokenization
import UnicodeRules

/// Cuts ASCII text exactly as ICU does, many times faster.
///
/// What each character does is asked of ICU itself at the start, because it differs between locales and versions: ICU 72 takes `@` for
/// a letter and 74 does not; `k:a` is one word but not in Swedish. If ICU cuts the questions in any way not foreseen here,
/// there is no short way, and ICU cuts everything.
package struct ASCIIWords: Sendable {
  /// How a character joins its neighbours in a word.
  fileprivate enum Role: UInt8 {
    case letter, digit, connector
    /// Joins two letters, two digits, or either, but only standing between them.
    case betweenLetters, betweenDigits, betweenBoth
    case alone
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

    // White space and control characters always stand alone, or form the gaps between words.
    roles = Array(repeating: .alone, count: 256)
    var start = 1
    for character in characters {
      let answers = Self.questions(character).map { question in
        defer { start += question.count + 1 }
        return (start + 1..<start + question.count).allSatisfy { !ends.contains($0) }
      }
      guard let role = Self.rolesByAnswers[answers] else { return nil }
      roles[Int(character)] = role
    }

    var position = 0
    while position < text.count {
      position = end(of: text.span, from: position, to: text.count)
      guard ends.remove(position) != nil else { return nil }
    }
    guard ends.isEmpty else { return nil }
  }

  /// Where the segment ends that begins at `start`, which is not white space, in a text whose bytes up to `limit` are ASCII.
  @inline(__always)
  package func end(of text: Span<UInt8>, from start: Int, to limit: Int) -> Int {
    let roles = roles.span
    var previous = roles[Int(text[start])]
    var end = start + 1
    guard previous.isInWord else { return end }
    while end < limit {
      let role = roles[Int(text[end])]
      if role.isInWord {
        previous = role
        end += 1
      } else if role != .alone && end + 1 < limit && role.joins(previous, roles[Int(text[end + 1])]) {
        end += 1
      } else {
        break
      }
    }
    return end
  }
}

extension ASCIIWords.Role {
  fileprivate var isInWord: Bool { rawValue <= ASCIIWords.Role.connector.rawValue }

  fileprivate func joins(_ one: Self, _ other: Self) -> Bool {
    one == other && (one == .letter && self != .betweenDigits || one == .digit && self != .betweenLetters)
  }
}
