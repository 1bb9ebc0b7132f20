import Support
import Testing

@testable import NGrams

struct SharedRunTests {
  @Test func `the longest shared run is that of the simplest search`() {
    let seed = UInt64.random(in: 0...999_999)
    var random = RandomSource(seed: seed)
    for _ in 0..<60 {
      let vocabulary = 2 + random.integer(below: 5)
      let text = (0..<random.integer(below: 300)).map { _ in Int32(random.integer(below: vocabulary + 1) - 1) }
      let samples = (0..<random.integer(below: 5)).map { _ in
        (0..<random.integer(below: 30)).map { _ in Int32(random.integer(below: vocabulary)) }
      }
      var longest = 0
      for sample in samples {
        for start in sample.indices {
          for place in text.indices {
            let pairs = zip(sample[start...], text[place...])
            longest = max(longest, pairs.prefix { $0 == $1 }.reduce(0) { count, _ in count + 1 })
          }
        }
      }
      #expect(longestSharedRun(of: samples, with: text) == longest, "seed \(seed)")
      for length in 1...6 {
        var runs = TokenRuns(of: length)
        runs.add(text)
        #expect(samples.contains { runs.hasRun($0) } == (longest >= length), "seed \(seed), length \(length)")
      }
    }
    #expect(longestSharedRun(of: [], with: [1, 2]) == 0)
    #expect(longestSharedRun(of: [[5, 6, 7, 8]], with: [5, 6, 7, 8]) == 4)
  }
}
