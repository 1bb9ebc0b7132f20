import BytePairTokenization
import Support
import TestSupport
import Testing
import Tokenization

struct BytePairTokenizerTests {
  @Test(arguments: ["0", "1", "300"])
  func `decoding restores every text`(merges: String) throws {
    var random = RandomSource(seed: 21)
    let texts = nastyTexts + (0..<1500).map { _ in randomText(&random) } + [String(repeating: "wörd", count: 500)]
    let tokenizer = try BytePairTokenizer(training: Documents(texts), settings: ["merges": merges])
    try checkConformance(of: tokenizer, on: texts)
  }

  @Test func `the most frequent pairs become tokens`() throws {
    let tokenizer = try BytePairTokenizer(training: Documents(["low lower lowest"]), settings: ["merges": "2"])
    #expect(
      tokenizer.vocabulary.indices.map(tokenizer.vocabulary.text) == [
        " ", "e", "l", "o", "r", "s", "t", "w", "lo", "low",
      ])
    #expect(try tokenizer.encode("low slow").map(tokenizer.vocabulary.text) == ["low", " ", "s", "low"])
  }

  /// Compares with a simple implementation that counts all pairs again after each merge.
  @Test func `training agrees with counting from scratch`() throws {
    let seed: UInt64 = 4
    var random = RandomSource(seed: seed)
    let texts = (0..<60).map { _ in String((0..<12).map { _ in Array("aabbc ")[random.integer(below: 6)] }) }
    let tokenizer = try BytePairTokenizer(training: Documents(texts), settings: ["merges": "12"])
    let words = texts.flatMap { text -> [String] in
      var words = [""]
      for character in text {
        if character == " ", let last = words.last?.last, last != " " { words.append("") }
        words[words.count - 1].append(character)
      }
      return words
    }
    var symbols = words.map { $0.map { String($0) } }
    let base = Set(texts.joined()).map { String($0) }.sorted()
    var vocabulary = base
    for _ in 0..<12 {
      var counts: [[String]: Int] = [:]
      for word in symbols { for (one, other) in zip(word, word.dropFirst()) { counts[[one, other], default: 0] += 1 } }
      let ranked = counts.sorted { one, other in
        let order = { (pair: [String]) in pair.map { vocabulary.firstIndex(of: $0) ?? 0 } }
        return one.value != other.value
          ? one.value > other.value : order(one.key).lexicographicallyPrecedes(order(other.key))
      }
      guard let best = ranked.first, best.value > 1 else { break }
      let merged = best.key.joined()
      if !vocabulary.contains(merged) { vocabulary.append(merged) }
      symbols = symbols.map { word in
        word.reduce(into: []) { result, next in
          if result.last == best.key[0] && next == best.key[1] {
            result[result.count - 1] = merged
          } else {
            result.append(next)
          }
        }
      }
    }
    let learned = tokenizer.vocabulary.indices.map(tokenizer.vocabulary.text)
    #expect(learned == vocabulary, "seed \(seed)")
  }

  @Test func `an unknown character is an error with its place`() throws {
    let tokenizer = try BytePairTokenizer(training: Documents(["low lower"]))
    let error = #expect(throws: TokenizerError.self) { try tokenizer.encode("low flow") }
    #expect(error?.description.hasPrefix("“f” at byte 4 of “low flow” is not in the vocabulary") == true)
  }
}
