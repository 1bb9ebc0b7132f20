import Datasets
import Inference
import SwiftletKit
import Testing
import Training

/// A text that is shown while it is made must be the text, and never show half of a character.
struct StreamTests {
  /// Untrained models write the wildest texts.
  @Test(arguments: [
    ("character", [:]), ("character", ["unit": "scalar", "normalize": "none"]), ("character", ["unit": "byte"]),
    ("word", [:]), ("bpe", ["merges": "40"]),
  ])
  func `pieces are the text`(kind: String, settings: [String: String]) throws {
    let corpus = try Corpus(
      [
        "ἀρχή, 子どもたちは“毎朝”牛乳を飲みます。", "สวัสดีครับ (it's 7:30) 👩‍👩‍👧 🇫🇷!", "e\u{301}té — “quoted ‘inside’ text”…",
        "don't  stop\tnow, C++.",
      ])
    let tokenizer = try TokenizerRegistry.standard.train(kind, on: corpus.documents, settings: settings)
    var recipe = Recipe.microgpt
    recipe.context = 48
    recipe.longDocuments = .windows
    let model = try Trainer(recipe, tokenizer: tokenizer, corpus: corpus).model
    let texts = try model.samples(0..<300, SamplingOptions(temperature: 1), stop: "“")
    for text in texts {
      let pieces = Array(try model.stream(text.number, SamplingOptions(temperature: 1), stop: "“"))
      #expect(pieces.joined().utf8.elementsEqual(text.text.utf8), "text \(text.number)")
      #expect(pieces.allSatisfy { !$0.isEmpty })
      // Only bytes can make what is no text; elsewhere a replacement would be half of a character.
      if settings["unit"] != "byte" { #expect(!pieces.contains { $0.contains("\u{FFFD}") }) }
    }
    #expect(Set(texts.map(\.text)).count > 250)
  }
}
