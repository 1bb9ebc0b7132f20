import GPT
import Support
import Testing

@Suite struct BatchTests {
  /// Four sequences of 1,000 tokens, each token but the first of a sequence below 10.
  private var batch: Batch {
    var batch = Batch()
    for _ in 0..<4 { batch.append([99] + (0..<1000).map { Int32($0 % 10) }, weight: 0.25) }
    return batch
  }

  @Test func `token noise replaces the requested share of tokens`() {
    let written = batch
    var read = written
    var random = RandomSource(seed: 42)
    read.corruptTokens(0.2, using: &random)
    let different = zip(written.inputs, read.inputs).filter { $0 != $1 }.count
    // A tenth of the replaced tokens are replaced by themselves.
    #expect(abs(Double(different) / 4000 - 0.18) < 0.02, "\(different) of 4,000")
    #expect(read.targets == written.targets && read.weights == written.weights && read.ends == written.ends)
    #expect(Set(read.inputs).isSubset(of: Set(written.inputs)))
    for start in [0] + written.ends.dropLast() { #expect(read.inputs[start] == 99, "where a sequence begins is read") }
  }

  @Test func `the same seed replaces the same tokens`() {
    let read = (0..<2).map { _ in
      var read = batch
      var random = RandomSource(seed: 7, stream: RandomStream.tokenNoise)
      read.corruptTokens(0.05, using: &random)
      return read
    }
    #expect(read[0] == read[1] && read[0] != batch)
  }

  @Test func `embedding dropout drops the requested share of every element`() {
    var dropped = batch
    var random = RandomSource(seed: 5)
    dropped.dropElements(0.3, width: 20, using: &random)
    for element in 0..<20 {
      let share = Double((0..<dropped.rows).count { dropped.isDropped($0, element: element) }) / Double(dropped.rows)
      #expect(abs(share - 0.3) < 0.04, "\(share) of element \(element)")
    }
  }

  /// The parts of a batch that processes share.
  @Test func `sequences of another batch keep what is dropped in them`() {
    var whole = batch
    var random = RandomSource(seed: 6)
    whole.dropNGrams(0.5, using: &random)
    whole.dropElements(0.5, width: 20, using: &random)
    var parts = Batch()
    for part in [0..<1, 1..<1, 1..<4] { parts.append(part, of: whole) }
    #expect(parts == whole)

    var mixed = Batch()
    mixed.append(2..<3, of: batch)
    mixed.append(1..<2, of: whole)
    mixed.append(0..<1, of: batch)
    let row = whole.rows / 4
    for (place, isDropped) in [(0, false), (row, true), (2 * row, false)] {
      for offset in 0..<row {
        #expect(mixed.isDropped(place + offset, table: 0) == (isDropped && whole.isDropped(row + offset, table: 0)))
        #expect(
          mixed.isDropped(place + offset, element: 17) == (isDropped && whole.isDropped(row + offset, element: 17)))
      }
    }
  }

  /// A rate of exactly 1 is at the edge of the 32-bit limit that random numbers are compared with.
  @Test func `rates of 0 and 1, and rates beyond them, change nothing or everything`() {
    var random = RandomSource(seed: 3)
    for rate in [0, -1.0] {
      var corrupted = batch
      corrupted.corruptTokens(rate, using: &random)
      #expect(corrupted == batch)
      corrupted.dropNGrams(rate, using: &random)
      #expect(corrupted.droppedTables == Array(repeating: 0, count: corrupted.rows))
      corrupted.dropElements(rate, width: 20, using: &random)
      #expect(corrupted.droppedElements == Array(repeating: 0, count: 2 * corrupted.rows))
    }
    for rate in [1, 2.0] {
      var corrupted = batch
      corrupted.corruptTokens(rate, using: &random)
      let changed = zip(corrupted.inputs, batch.inputs).count { $0 != $1 }
      #expect(abs(Double(changed) / 4000 - 0.9) < 0.02, "\(changed) of 4,000")
      corrupted.dropNGrams(rate, using: &random)
      #expect(corrupted.droppedTables == Array(repeating: 3, count: corrupted.rows))
      corrupted.dropElements(rate, width: 20, using: &random)
      #expect(corrupted.droppedElements == Array(repeating: 0xffff, count: 2 * corrupted.rows))
    }
  }
}
