import Support

/// Token sequences for training or scoring, packed end to end without padding.
///
/// At position `row`, the model reads `inputs[row]` and predicts `targets[row]`. The loss there has the weight
/// `weights[row]`.
package struct Batch: Sendable, Equatable {
  package private(set) var inputs: [Int32] = []
  package private(set) var targets: [Int32] = []
  package private(set) var weights: [Float] = []
  /// The n-gram tables dropped at each position: bit `table` for the table with that index. Empty if none is dropped.
  package private(set) var droppedTables: [UInt8] = []
  /// The elements of the embedding dropped at each position: a bit for each, sixteen to a word. Empty if none is
  /// dropped.
  package private(set) var droppedElements: [UInt16] = []
  /// The end of each sequence in the arrays above.
  package private(set) var ends: [Int] = []

  package init() {}

  package var rows: Int { inputs.count }

  /// Removes all sequences and keeps the memory.
  package mutating func removeAll() {
    inputs.removeAll(keepingCapacity: true)
    targets.removeAll(keepingCapacity: true)
    weights.removeAll(keepingCapacity: true)
    droppedTables.removeAll(keepingCapacity: true)
    droppedElements.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  /// N-gram dropout: drops each n-gram table at a random fraction `rate` of the positions.
  package mutating func dropNGrams(_ rate: Double, using random: inout RandomSource) {
    let limit = UInt32(min(max(rate, 0), 1) * 4_294_967_295)
    droppedTables.removeAll(keepingCapacity: true)
    for _ in 0..<rows {
      let number = random.next()
      let (low, high) = (UInt32(truncatingIfNeeded: number), UInt32(truncatingIfNeeded: number >> 32))
      droppedTables.append((low < limit ? 1 : 0) | (high < limit ? 2 : 0))
    }
  }

  /// Embedding dropout: drops a random fraction `rate` of the elements of the embedding at each position, which has
  /// `width`.
  package mutating func dropElements(_ rate: Double, width: Int, using random: inout RandomSource) {
    let limit = UInt64(min(max(rate, 0), 1) * 0x1p16)
    droppedElements.removeAll(keepingCapacity: true)
    for _ in 0..<rows * ((width + 15) / 16) {
      var word: UInt16 = 0
      var numbers: UInt64 = 0
      for element in 0..<16 {
        numbers = element.isMultiple(of: 4) ? random.next() : numbers >> 16
        word |= (numbers & 0xffff < limit ? 1 : 0) << element
      }
      droppedElements.append(word)
    }
  }

  /// Token noise: replaces a random fraction `rate` of the inputs by inputs of the batch, but never the first of a
  /// sequence.
  package mutating func corruptTokens(_ rate: Double, using random: inout RandomSource) {
    let limit = UInt64(min(max(rate, 0), 1) * 0x1p32)
    let original = inputs
    var first = 0
    for end in ends {
      for row in (first..<end).dropFirst() where random.next() & 0xffff_ffff < limit {
        inputs[row] = original[random.integer(below: rows)]
      }
      first = end
    }
  }

  /// Undoes n-gram and embedding dropout.
  package mutating func restoreDropped() {
    droppedTables.removeAll(keepingCapacity: true)
    droppedElements.removeAll(keepingCapacity: true)
  }

  /// True if the n-gram table with index `table` is dropped at `position`.
  @inline(__always)
  package func isDropped(_ position: Int, table: Int) -> Bool {
    !droppedTables.isEmpty && droppedTables[position] >> table & 1 == 1
  }

  /// True if `element` of the embedding is dropped at `position`.
  package func isDropped(_ position: Int, element: Int) -> Bool {
    let words = elementWords(position..<position + 1)
    return !words.isEmpty && droppedElements[words.lowerBound + element / 16] >> (element % 16) & 1 == 1
  }

  /// The words of `droppedElements` for `positions`.
  package func elementWords(_ positions: Range<Int>) -> Range<Int> {
    let words = rows == 0 ? 0 : droppedElements.count / rows
    return positions.lowerBound * words..<positions.upperBound * words
  }

  /// Gives every position the same weight, so that all weights sum to 1.
  package mutating func weightRowsEqually() {
    let share = 1 / Float(max(rows, 1))
    for row in weights.indices { weights[row] = share }
  }

  /// Appends one sequence: each of `tokens` but the last predicts the next. Its positions share `weight` equally.
  package mutating func append(_ tokens: some Collection<Int32>, weight: Float) {
    let tokens = Array(tokens)
    if tokens.count > 1 { append([0..<tokens.count], of: tokens.span, weight: weight) }
  }

  /// Appends a sequence for each of `ranges` of `tokens`, each of two tokens or more.
  package mutating func append(_ ranges: [Range<Int>], of tokens: Span<Int32>, weight: Float) {
    appendWords(ranges, of: tokens, weight: weight)
  }

  /// The same for tokens below 65,536, packed.
  package mutating func append(_ ranges: [Range<Int>], of tokens: Span<UInt16>, weight: Float) {
    appendWords(ranges, of: tokens, weight: weight)
  }

  /// The same for tokens below 256, packed.
  package mutating func append(_ ranges: [Range<Int>], of tokens: Span<UInt8>, weight: Float) {
    appendWords(ranges, of: tokens, weight: weight)
  }

  /// Appends sequences of another batch, with their weights and what is dropped in them.
  package mutating func append(_ sequences: Range<Int>, of other: Batch) {
    guard !sequences.isEmpty else { return }
    let first = sequences.lowerBound == 0 ? 0 : other.ends[sequences.lowerBound - 1]
    let positions = first..<other.ends[sequences.upperBound - 1]
    let before = rows
    Self.append(positions, of: other.droppedTables, rows: other.rows, to: &droppedTables, rows: before)
    Self.append(positions, of: other.droppedElements, rows: other.rows, to: &droppedElements, rows: before)
    for end in other.ends[sequences] { ends.append(before + end - first) }
    inputs.append(contentsOf: other.inputs[positions])
    targets.append(contentsOf: other.targets[positions])
    weights.append(contentsOf: other.weights[positions])
  }

  /// Appends what one batch drops at `positions` to what another drops. Each has as many words for every row, or none
  /// if it drops nothing.
  private static func append<Word: FixedWidthInteger>(
    _ positions: Range<Int>, of source: [Word], rows sourceRows: Int, to target: inout [Word], rows: Int
  ) {
    let words = max(source.count / sourceRows, rows == 0 ? 0 : target.count / rows)
    target.append(contentsOf: repeatElement(0, count: rows * words - target.count))
    if source.isEmpty {
      target.append(contentsOf: repeatElement(0, count: positions.count * words))
    } else {
      target.append(contentsOf: source[positions.lowerBound * words..<positions.upperBound * words])
    }
  }

  @inline(__always)
  private mutating func appendWords<Word: FixedWidthInteger>(
    _ ranges: [Range<Int>], of tokens: Span<Word>, weight: Float
  ) {
    var rows = 0
    for range in ranges {
      rows += range.count - 1
      ends.append(inputs.count + rows)
    }
    inputs.append(addingCapacity: rows) { output in
      for range in ranges {
        for index in range.dropLast() { output.append(Int32(truncatingIfNeeded: tokens[index])) }
      }
    }
    targets.append(addingCapacity: rows) { output in
      for range in ranges {
        for index in range.dropFirst() { output.append(Int32(truncatingIfNeeded: tokens[index])) }
      }
    }
    weights.append(addingCapacity: rows) { output in
      for range in ranges {
        let share = weight / Float(range.count - 1)
        for _ in range.dropFirst() { output.append(share) }
      }
    }
  }
}
