import Parallelism
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
  ///   - team: The threads that count.
  init(_ text: [TokenID], order: Int, vocabulary: Int, team: ThreadTeam = ThreadTeam(count: 1)) {
    self.vocabulary = vocabulary
    var occurrences = Occurrences(positions: Array(0..<UInt32(text.count)))
    occurrences.groups = [Occurrences.Group(end: UInt32(text.count), beginsDocument: false)]
    var total = 0
    for length in 1...order {
      if length > 1 && Cancellation.isRequested { break }
      // Contexts that occur once are many, and predict little.
      let least = (length - 1) * text.count <= Self.mostNGrams / 3 ? 1 : 2
      let groups = occurrences.groups.indices
      let parts = team.mapChunks(of: groups, size: 1 + groups.count / (64 * team.count)) { [occurrences] _, groups in
        LongerNGrams(of: occurrences, groups, in: text, vocabulary: vocabulary, length: length, ifOccurring: least)
      }
      let longer = LongerNGrams(joining: parts)
      total += longer.table.count
      if length > 1 {
        if longer.table.count == 0 || total > Self.mostNGrams { break }
        tables[length - 2].firstFollower = longer.firstFollower
      }
      tables.append(longer.table)
      occurrences = longer.occurrences
    }
    let last = tables.count - 1
    tables[last].firstFollower = Array(repeating: 0, count: tables[last].count + 1)
  }
}

/// The positions after each n-gram of one length.
private struct Occurrences {
  /// The positions of one n-gram: those up to `end`, from the end of the group before.
  struct Group {
    let end: UInt32
    /// True if the n-gram begins with the boundary.
    let beginsDocument: Bool
  }

  var positions: [UInt32] = []
  var groups: [Group] = []

  /// The positions of the groups in `range`.
  func positions(of range: Range<Int>) -> Range<Int> {
    (range.lowerBound == 0 ? 0 : Int(groups[range.lowerBound - 1].end))..<Int(groups[range.upperBound - 1].end)
  }
}

/// The n-grams that are longer by one token than some groups of others.
private struct LongerNGrams {
  private(set) var table = NGramCounts.Table()
  /// The index of each group's first n-gram, and the number of all.
  private(set) var firstFollower: [UInt32] = []
  private(set) var occurrences = Occurrences()

  /// Extends each of `groups`, if it has at least `least` positions, by the tokens at its positions.
  init(
    of shorter: Occurrences, _ groups: Range<Int>, in text: [TokenID], vocabulary: Int, length: Int,
    ifOccurring least: Int
  ) {
    let boundary = TokenID(vocabulary - 1)
    let range = shorter.positions(of: groups)
    var sorter = PositionSorter(text, shorter.positions[range], vocabulary: vocabulary)
    /// For each token, the number of the last n-gram that it was found to precede.
    var precedes: [UInt32] = Array(repeating: .max, count: vocabulary)
    firstFollower.reserveCapacity(groups.count + 1)
    occurrences.positions.reserveCapacity(range.count)
    var groupStart = 0
    for group in shorter.groups[groups] {
      let positions = groupStart..<Int(group.end) - range.lowerBound
      groupStart = positions.upperBound
      firstFollower.append(UInt32(table.count))
      guard positions.count >= least else { continue }
      sorter.sort(positions)
      var start = positions.lowerBound
      while start < positions.upperBound {
        let token = text[Int(sorter.positions[start])]
        var end = start + 1
        while end < positions.upperBound && text[Int(sorter.positions[end])] == token { end += 1 }
        defer { start = end }
        guard token != NGramMemory.separator else { continue }
        let number = UInt32(table.count)
        var known: UInt32 = 0
        var predecessors: UInt32 = 0
        for position in sorter.positions[start..<end].lazy.map(Int.init) {
          let before = position - length
          if before >= 0 && text[before] != NGramMemory.separator {
            known += 1
            if precedes[Int(text[before])] != number { predecessors += 1 }
            precedes[Int(text[before])] = number
          } else if length > 1 {
            known += 1
          }
          // The boundary ends a document, and as a first token it also begins the next.
          if (length == 1 || token != boundary) && position + 1 < text.count {
            occurrences.positions.append(UInt32(position + 1))
          }
        }
        table.tokens.append(token)
        table.occurrences.append(known)
        table.predecessors.append(group.beginsDocument ? known : max(length == 1 ? 0 : 1, predecessors))
        occurrences.groups.append(
          Occurrences.Group(
            end: UInt32(occurrences.positions.count),
            beginsDocument: group.beginsDocument || length == 1 && token == boundary))
      }
    }
    firstFollower.append(UInt32(table.count))
  }

  /// Joins those of successive groups.
  init(joining parts: [LongerNGrams]) {
    firstFollower = [0]
    for part in parts {
      let (ngrams, positions) = (UInt32(table.count), UInt32(occurrences.positions.count))
      table.tokens += part.table.tokens
      table.occurrences += part.table.occurrences
      table.predecessors += part.table.predecessors
      firstFollower.removeLast()
      firstFollower += part.firstFollower.lazy.map { $0 + ngrams }
      occurrences.positions += part.occurrences.positions
      occurrences.groups += part.occurrences.groups.lazy.map {
        Occurrences.Group(end: $0.end + positions, beginsDocument: $0.beginsDocument)
      }
    }
  }
}

/// Positions of a text that are sorted by the tokens there, group by group.
private struct PositionSorter {
  private let text: [TokenID]
  private(set) var positions: [UInt32]
  /// The separator and the tokens, from 0, in the upper half, and positions in the lower.
  private var keys: [UInt64] = []
  private var unsorted: [UInt32] = []
  /// The place of the next position of the separator and of each token.
  private var starts: [Int]

  init(_ text: [TokenID], _ positions: ArraySlice<UInt32>, vocabulary: Int) {
    self.text = text
    self.positions = Array(positions)
    starts = Array(repeating: 0, count: vocabulary + 1)
  }

  /// Sorts the positions at `range`, which ascend, by the tokens there. Those of equal tokens go on ascending.
  mutating func sort(_ range: Range<Int>) {
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
