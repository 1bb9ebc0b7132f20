import Datasets
import Inference
import SwiftletKit
import Testing
import Training

/// A text that is shown while it is generated must be the sampled text, without half characters.
struct StreamTests {
  /// Untrained models generate the most irregular texts.
  @Test(arguments: [
    ("character", [:]), ("character", ["unit": "scalar", "normalize": "none"]), ("character", ["unit": "byte"]),
    ("word", [:]), ("bpe", ["merges": "40"]),
  ])
  func `the pieces together are the sample`(kind: String, settings: [String: String]) async throws {
    let corpus = try Corpus(
      [
        "ἀρχή, 子どもたちは“毎朝”牛乳を飲みます。", "สวัสดีครับ (it's 7:30) 👩‍👩‍👧 🇫🇷!", "e\u{301}té — “quoted ‘inside’ text”…",
        "don't  stop\tnow, C++.",
      ])
    let tokenizer = try TokenizerRegistry.standard.train(kind, on: corpus.documents, settings: settings)
    var recipe = Recipe.microgpt
    recipe.shape.context = 48
    recipe.longDocuments = .windows
    let model = try Trainer(recipe, tokenizer: tokenizer, corpus: corpus).model
    let texts = try model.samples(0..<300, stop: "“")
    for text in texts {
      let pieces = try await model.stream(number: text.number, stop: "“").reduce(into: []) { $0.append($1) }
      #expect(pieces.joined().utf8.elementsEqual(text.text.utf8), "text \(text.number)")
      #expect(pieces.allSatisfy { !$0.isEmpty })
      // Only byte tokens can produce invalid text; with others, a replacement character would be half of a character.
      if settings["unit"] != "byte" { #expect(!pieces.contains { $0.contains("\u{FFFD}") }) }
    }
    #expect(Set(texts.map(\.text)).count > 250)
  }
}
