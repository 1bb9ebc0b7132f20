import GPT
import Support
import Tokenization

/// Tokens of one, two or four bytes, as small as the vocabulary allows: a corpus of characters takes no more memory in
/// tokens than as text.
struct PackedTokens: Sendable {
  private enum Width { case one, two, four }

  private let width: Width
  /// The tokens are in the array of their width, and the others are empty.
  private var ones: [UInt8] = []
  private var twos: [UInt16] = []
  private var fours: [TokenID] = []

  init(vocabulary: Int) {
    width = vocabulary <= 1 << 8 ? .one : vocabulary <= 1 << 16 ? .two : .four
  }

  var areBytes: Bool { width == .one }

  var count: Int { ones.count + twos.count + fours.count }

  mutating func reserve(_ capacity: Int) {
    switch width {
    case .one: ones.reserveCapacity(capacity)
    case .two: twos.reserveCapacity(capacity)
    case .four: fours.reserveCapacity(capacity)
    }
  }

  /// Appends `tokens`, all of which are in the vocabulary.
  mutating func append(_ tokens: Span<TokenID>) {
    switch width {
    case .one: Self.append(tokens, to: &ones)
    case .two: Self.append(tokens, to: &twos)
    case .four: Self.append(tokens, to: &fours)
    }
  }

  mutating func append(_ token: TokenID) {
    switch width {
    case .one: ones.append(UInt8(truncatingIfNeeded: token))
    case .two: twos.append(UInt16(truncatingIfNeeded: token))
    case .four: fours.append(token)
    }
  }

  /// Adds the number of occurrences of each token to its element of `counts`.
  func count(into counts: inout [Int]) {
    for token in ones { counts[Int(token)] += 1 }
    for token in twos { counts[Int(token)] += 1 }
    for token in fours { counts[Int(token)] += 1 }
  }

  /// Appends tokens of the same vocabulary.
  mutating func append(_ other: PackedTokens) {
    ones += other.ones
    twos += other.twos
    fours += other.fours
  }

  /// Appends the tokens at `range` to `tokens`.
  func append(_ range: Range<Int>, to tokens: inout [TokenID]) {
    switch width {
    case .one: for token in ones[range] { tokens.append(TokenID(token)) }
    case .two: for token in twos[range] { tokens.append(TokenID(token)) }
    case .four: tokens += fours[range]
    }
  }

  private static func append<Word: FixedWidthInteger>(_ tokens: Span<TokenID>, to words: inout [Word]) {
    words.append(addingCapacity: tokens.count) { output in
      for index in tokens.indices { output.append(Word(truncatingIfNeeded: tokens[index])) }
    }
  }

  /// Appends the sequences at `ranges` to `batch`. The weights of each sequence's predictions sum to `weight`.
  func append(_ ranges: [Range<Int>], to batch: inout Batch, weight: Float) {
    switch width {
    case .one: batch.append(ranges, of: ones.span, weight: weight)
    case .two: batch.append(ranges, of: twos.span, weight: weight)
    case .four: batch.append(ranges, of: fours.span, weight: weight)
    }
  }
}
