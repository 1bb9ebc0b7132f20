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

  /// A rate of exactly 1 is at the edge of the 32-bit limit that random numbers are compared with.
  @Test func `rates of 0 and 1, and rates beyond them, change nothing or everything`() {
    var random = RandomSource(seed: 3)
    for rate in [0, -1.0] {
      var corrupted = batch
      corrupted.corruptTokens(rate, using: &random)
      #expect(corrupted == batch)
      corrupted.dropNGrams(rate, using: &random)
      #expect(corrupted.droppedTables == Array(repeating: 0, count: corrupted.rows))
    }
    for rate in [1, 2.0] {
      var corrupted = batch
      corrupted.corruptTokens(rate, using: &random)
      let changed = zip(corrupted.inputs, batch.inputs).count { $0 != $1 }
      #expect(abs(Double(changed) / 4000 - 0.9) < 0.02, "\(changed) of 4,000")
      corrupted.dropNGrams(rate, using: &random)
      #expect(corrupted.droppedTables == Array(repeating: 3, count: corrupted.rows))
    }
  }
}
