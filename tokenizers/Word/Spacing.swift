import Tokenization

/// The gap between two neighboring words.
enum Gap {
  /// As predicted: one space or nothing.
  case predicted
  /// Given by explicit tokens: nothing, or some white space.
  case nothing, whiteSpace
}

/// A rule that predicts spaces, from one word to the next. Encoder and decoder both run it.
///
/// It depends on punctuation and scripts, not on languages. Where a text differs from the prediction, it has explicit
/// tokens, and the rule takes them into account: a quotation mark after an explicit space must be an opening one.
struct Spacing {
  private var token: TokenID = -1
  private var shape: TokenShape = []
  /// True if a space may follow the last token, which for a quotation mark depends on whether it opens or closes.
  private var after = false
  /// The kinds of quotation marks that are open.
  private var open: TokenShape = []
  /// True if the last token is a mark such as `:` right after a number.
  private var tight = false

  /// Returns true if the rule predicts a space between the last token and `next`.
  @inline(__always)
  func predictsSpace(before next: TokenID, _ nextShape: TokenShape) -> Bool {
    if nextShape == .word { return after }
    return after && allowsSpace(before: next, nextShape)
  }

  private func allowsSpace(before next: TokenID, _ nextShape: TokenShape) -> Bool {
    if !nextShape.isDisjoint(with: .quotes) { return open.isDisjoint(with: nextShape) }
    if tight && nextShape.contains(.startsWithDigit) { return false }
    if next == token && nextShape.contains(.repeats) { return false }
    if nextShape.contains(.emoji) && shape.contains(.emoji) { return false }
    if nextShape.contains(.tightBetweenNumbers) && shape.contains(.endsWithDigit) { return false }
    return nextShape.contains(.before)
  }

  /// Advances to `next`, which follows `gap`.
  @inline(__always)
  mutating func advance(to next: TokenID, _ nextShape: TokenShape, after gap: Gap) {
    if nextShape == .word {
      tight = false
      after = true
    } else {
      advanceSlowly(to: next, nextShape, after: gap)
    }
    token = next
    shape = nextShape
  }

  private mutating func advanceSlowly(to next: TokenID, _ nextShape: TokenShape, after gap: Gap) {
    let touches = gap == .nothing || gap == .predicted && !predictsSpace(before: next, nextShape)
    tight = nextShape.contains(.tightBetweenNumbers) && shape.contains(.endsWithDigit) && touches
    after = nextShape.contains(.after)
    if nextShape.contains(.closesSingleQuote) { open.remove(.highSingleQuote) }
    let quote = nextShape.intersection(.quotes)
    guard !quote.isEmpty else { return }
    let opens =
      switch gap {
      case .predicted: open.isDisjoint(with: quote)
      case .nothing: false
      case .whiteSpace: true
      }
    after = !opens
    if opens { open.formUnion(quote) } else { open.subtract(quote) }
  }
}
