import Support
import TestSupport
import Testing
import Tokenization
import UnicodeRules
import WordTokenization

/// The fast path for ASCII must find the same words as ICU. Otherwise the words of a text would depend on its other
/// text.
struct ASCIIWordsTests {
  @Test(arguments: ["root", "en", "sv", "fi", "ja", "el", "he"])
  func `the fast path finds the words of ICU`(locale: String) throws {
    let seed: UInt64 = 77
    var random = RandomSource(seed: seed)
    let breaker = try WordBreaker(locale: locale)
    let words = try #require(
      try ASCIIWords(like: breaker), "ICU \(ICU.version) has unforeseen rules for \(locale)")
    for _ in 0..<40_000 {
      let text = randomASCII(&random)
      let bytes = Array(text.utf8)
      var expected: [Range<Int>] = []
      try breaker.forEachSegment(of: bytes.span) { segment throws(TokenizerError) in
        if !WhiteSpace.fills(bytes.span.extracting(segment)) { expected.append(segment) }
      }
      var found: [Range<Int>] = []
      words.forEachWord(of: bytes.span, 0..<bytes.count) { found.append($0) }
      #expect(found == expected, "seed \(seed), \(locale): \(text.debugDescription)")
    }
  }

  /// ASCII and other text are split separately, which must not change words at their border.
  @Test(arguments: ["root", "sv", "ja", "en_US_POSIX"])
  func `separate parts give the words of the whole`(locale: String) throws {
    let seed: UInt64 = 78
    var random = RandomSource(seed: seed)
    let breaker = try WordBreaker(locale: locale)
    let segmenter = try WordSegmenter(locale: locale, keep: nil)
    for _ in 0..<20_000 {
      let text = randomText(&random) + randomASCII(&random) + randomText(&random)
      let bytes = Array(text.utf8)
      var expected: [Range<Int>] = []
      try breaker.forEachSegment(of: bytes.span) { segment throws(TokenizerError) in
        if !WhiteSpace.fills(bytes.span.extracting(segment)) { expected.append(segment) }
      }
      var found: [Range<Int>] = []
      try segmenter.forEachWord(of: bytes.span) { word throws(TokenizerError) in found.append(word) }
      #expect(found == expected, "seed \(seed), \(locale): \(text.debugDescription)")
    }
  }
}
