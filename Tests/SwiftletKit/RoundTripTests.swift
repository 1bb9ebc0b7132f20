import Support
import SwiftletKit
import TestSupport
import Testing
import Tokenization

/// The promise of lossless tokenizers, on texts that differ in every run.
struct RoundTripTests {
  @Test(arguments: [
    ("character", [:]), ("character", ["unit": "scalar", "normalize": "none"]), ("character", ["unit": "byte"]),
    ("word", [:]), ("word", ["normalize": "nfkc", "lowercase": "true", "locale": "de"]),
    ("word", ["spaces": "attached"]), ("bpe", ["merges": "40"]),
  ])
  func `every text is restored`(kind: String, settings: [String: String]) throws {
    let seed = UInt64.random(in: .min ... .max)
    var random = RandomSource(seed: seed)
    let documents = Documents(nastyTexts + (0..<100_000).map { _ in randomText(&random) })
    let tokenizer = try TokenizerRegistry.standard.train(kind, on: documents, settings: settings)
    let encoded = try tokenizer.encode(documents, threads: 2)
    for index in 0..<documents.count {
      let isSame = try tokenizer.decode(encoded[index]) == Array(tokenizer.normalized(documents.text(index)).utf8)
      #expect(isSame, "seed \(seed), text \(index): \(documents.text(index).debugDescription)")
    }
  }
}
