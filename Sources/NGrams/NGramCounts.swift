import Support
import Tokenization

/// The n-grams of a text, with their counts, in one table for each length.
///
/// The tables are made by sorting the positions of the text by one token after the other, in time and memory that are
/// linear in the text for each length.
struct NGramCounts {
  /// The n-grams of one length, in the order of their contexts in the table before, then of their last tokens.
  struct Table {
    /// The last token of each n-gram.
    var tokens: [TokenID] = []
    /// The number of times that each n-gram occurs. A boundary with nothing before it is no unigram.
    var occurrences: [UInt32] = []
    /// The number of different tokens that precede each n-gram. At the start of a document, where nothing does, it is
    /// the number of occurrences.
    var predecessors: [UInt32] = []
    /// The index of each n-gram's first follower in the next table, and the number of all followers.
    var firstFollower: [UInt32] = []

    var count: Int { tokens.count }

    /// The n-grams of the next table that begin with n-gram `index`.
    func followers(of index: Int) -> Range<Int> { Int(firstFollower[index])..<Int(firstFollower[index + 1]) }
  }

  let vocabulary: Int
  /// The tables of the n-grams of length 1, 2 and so on.
  private(set) var tables: [Table] = []

  /// The largest total number of n-grams, which bounds the memory that counting takes.
  static let mostNGrams = NGramMemory.mostTokens

  /// Counts the n-grams of up to `order` tokens, and of fewer where their number would become too large.
  ///
  /// - Parameters:
  ///   - text: Documents with the boundary before, between and after them. No n-gram contains a separator.
  ///   - vocabulary: The number of tokens, of which the boundary is the last.
  init(_ text: [TokenID], order: Int, vocabulary: Int) {
    self.vocabulary = vocabulary
    var sorter = PositionSorter(text, vocabulary: vocabulary)
    var groups = [PositionSorter.Group(positions: 0..<sorter.count, beginsDocument: false)]
    var total = 0
    for length in 1...order {
      if length > 1 && Cancellation.isRequested { break }
      // Contexts that occur once are many, and predict little.
      let least = (length - 1) * text.count <= Self.mostNGrams / 3 ? 1 : 2
      let (table, firstFollower, next) = sorter.extend(groups, length: length, ifOccurring: least)
      total += table.count
      if length > 1 {
        if table.count == 0 || total > Self.mostNGrams { break }
        tables[length - 2].firstFollower = firstFollower
      }
      tables.append(table)
      groups = next
    }
    let last = tables.count - 1
    tables[last].firstFollower = Array(repeating: 0, count: tables[last].count + 1)
  }
}

/// The positions of a text, sorted by the n-grams that end before them.
private struct PositionSorter {
  /// The positions after the occurrences of one n-gram.
  struct Group {
    let positions: Range<Int>
    /// True if the n-gram begins with the boundary.
    let beginsDocument: Bool
  }

  private let text: [TokenID]
  private let boundary: TokenID
  private var positions: [UInt32]
  private var sorted: [UInt32] = []
  /// The separator and the tokens, from 0, in the upper half, and positions in the lower.
  private var keys: [UInt64] = []
  private var unsorted: [UInt32] = []
  /// The place of the next position of the separator and of each token.
  private var starts: [Int]
  /// For each token, the number of the last n-gram that it was found to precede.
  private var precedes: [UInt32]

  init(_ text: [TokenID], vocabulary: Int) {
    self.text = text
    boundary = TokenID(vocabulary - 1)
    positions = (0..<UInt32(text.count)).map { $0 }
    precedes = Array(repeating: .max, count: vocabulary)
    starts = Array(repeating: 0, count: vocabulary + 1)
  }

  var count: Int { positions.count }

  /// Extends each of `groups`, if it has at least `least` positions, by the tokens at its positions.
  ///
  /// - Returns: The n-grams of `length` tokens, the index of each group's first, and the groups of their positions.
  mutating func extend(
    _ groups: [Group], length: Int, ifOccurring least: Int
  ) -> (NGramCounts.Table, firstFollower: [UInt32], [Group]) {
    var table = NGramCounts.Table()
    var firstFollower: [UInt32] = []
    var next: [Group] = []
    firstFollower.reserveCapacity(groups.count + 1)
    sorted.removeAll(keepingCapacity: true)
    for index in precedes.indices { precedes[index] = .max }
    for group in groups {
      firstFollower.append(UInt32(table.count))
      guard group.positions.count >= least else { continue }
      sort(group.positions)
      var start = group.positions.lowerBound
      while start < group.positions.upperBound {
        let token = text[Int(positions[start])]
        var end = start + 1
        while end < group.positions.upperBound && text[Int(positions[end])] == token { end += 1 }
        defer { start = end }
        guard token != NGramMemory.separator else { continue }
        let first = sorted.count
        var occurrences: UInt32 = 0
        var predecessors: UInt32 = 0
        for position in positions[start..<end].lazy.map(Int.init) {
          switch predecessor(position - length, of: UInt32(table.count)) {
          case .none: occurrences += length == 1 ? 0 : 1
          case .known: occurrences += 1
          case .new: (occurrences, predecessors) = (occurrences + 1, predecessors + 1)
          }
          // The boundary ends a document, and as a first token it also begins the next.
          if (length == 1 || token != boundary) && position + 1 < text.count {
            sorted.append(UInt32(position + 1))
          }
        }
        table.tokens.append(token)
        table.occurrences.append(occurrences)
        table.predecessors.append(group.beginsDocument ? occurrences : max(length == 1 ? 0 : 1, predecessors))
        next.append(
          Group(
            positions: first..<sorted.count, beginsDocument: group.beginsDocument || length == 1 && token == boundary))
      }
    }
    firstFollower.append(UInt32(table.count))
    swap(&positions, &sorted)
    return (table, firstFollower, next)
  }

  private enum Predecessor { case none, known, new }

  /// Notes that the token at `position` precedes the n-gram with this number.
  private mutating func predecessor(_ position: Int, of ngram: UInt32) -> Predecessor {
    guard position >= 0, text[position] != NGramMemory.separator else { return .none }
    let token = Int(text[position])
    guard precedes[token] != ngram else { return .known }
    precedes[token] = ngram
    return .new
  }

  /// Sorts the positions at `range`, which ascend, by the tokens there. Those of equal tokens go on ascending.
  private mutating func sort(_ range: Range<Int>) {
    if range.count < 2 { return }
    if range.count < max(16, starts.count / 4) {
      keys.removeAll(keepingCapacity: true)
      for position in positions[range] {
        keys.append(UInt64(text[Int(position)] + 1) << 32 | UInt64(position))
      }
      keys.sort()
      for (index, key) in zip(range, keys) { positions[index] = UInt32(truncatingIfNeeded: key) }
      return
    }
    for token in starts.indices { starts[token] = 0 }
    for position in positions[range] { starts[Int(text[Int(position)]) + 1] += 1 }
    var next = range.lowerBound
    for token in starts.indices { (starts[token], next) = (next, next + starts[token]) }
    unsorted.removeAll(keepingCapacity: true)
    unsorted.append(contentsOf: positions[range])
    for position in unsorted {
      let token = Int(text[Int(position)]) + 1
      positions[starts[token]] = position
      starts[token] += 1
    }
  }
}
