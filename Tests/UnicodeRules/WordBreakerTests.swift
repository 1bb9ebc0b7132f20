import Dispatch
import Support
import Synchronization
import TestSupport
import Testing
import Tokenization
import UnicodeRules

struct WordBreakerTests {
  @Test func `segments cover the text in order`() throws {
    var random = RandomSource(seed: 9)
    let breaker = try WordBreaker(locale: "root")
    for _ in 0..<5000 {
      let bytes = Array(randomText(&random).utf8)
      var end = 0
      try breaker.forEachSegment(of: bytes.span) { segment throws(TokenizerError) in
        #expect(segment.lowerBound == end && !segment.isEmpty)
        end = segment.upperBound
      }
      #expect(end == bytes.count)
    }
  }

  /// One of ICU's iterators must not be used by two threads at a time.
  @Test func `many threads may use one breaker`() throws {
    let breaker = try WordBreaker(locale: "th")
    let bytes = Array(String(repeating: "ฉันรักแมวสีดำ the quick 私は猫が好きです。 ", count: 50).utf8)
    @Sendable func ends() throws(TokenizerError) -> [Int] {
      var ends: [Int] = []
      try breaker.forEachSegment(of: bytes.span) { segment throws(TokenizerError) in ends.append(segment.upperBound) }
      return ends
    }
    let expected = try ends()
    let differing = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 64) { _ in
      let isSame = (try? ends()) == expected
      differing.withLock { $0 += isSame ? 0 : 1 }
    }
    #expect(differing.withLock { $0 } == 0)
  }

  @Test func `a breaker is usable after an error`() throws {
    let breaker = try WordBreaker(locale: "root")
    let bytes = Array("one two three".utf8)
    #expect(throws: TokenizerError.self) {
      try breaker.forEachSegment(of: bytes.span) { _ throws(TokenizerError) in throw .badDescription("stop") }
    }
    var count = 0
    try breaker.forEachSegment(of: bytes.span) { _ throws(TokenizerError) in count += 1 }
    #expect(count == 5)
  }
}
