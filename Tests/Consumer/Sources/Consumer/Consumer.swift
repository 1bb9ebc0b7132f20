import SwiftletKit

/// Swiftlet in ten lines, and a few more that check the result.
@main
struct Consumer {
  static func main() async throws {
    let corpus = try Corpus(contentsOf: "corpora/names.txt")
    let tokenizer = try CharacterTokenizer(training: corpus.documents)
    let trainer = try Trainer(.microgpt, tokenizer: tokenizer, corpus: corpus, seed: 42)
    try trainer.run { step in if step.number.isMultiple(of: 250) { print(step) } }

    let model = trainer.model
    for name in try model.samples(count: 20, temperature: 0.5) { print(name) }
    try model.write(to: "names.safetensors")

    let loaded = try Model(contentsOf: "names.safetensors")
    try expect(
      loaded.samples(count: 20, temperature: 0.5) == model.samples(count: 20, temperature: 0.5),
      "a model that is read is the model that was written")
    try await expect(
      loaded.stream(number: 3).reduce("", +) == loaded.samples(count: 4)[3].text, "what streams is what is sampled")
    try expect(loaded.score(of: "anna").total < loaded.score(of: "qxzj").total, "names are likelier than noise")
    async let some = loaded.samples(count: 100)
    async let others = loaded.samples(count: 100)
    try await expect(some == others, "any task gets the same samples")
    try await expect(text(streamedBy: loaded) == loaded.samples(count: 1)[0].text, "the main actor can stream")
    let registry = TokenizerRegistry(kinds: TokenizerRegistry.standard.kinds + [LoudTokenizer.self])
    let loud = try registry.train("loud", on: corpus.documents)
    try expect(loud.text(of: loud.encode("anna")) == "ANNA", "a package can add a tokenizer")
    do {
      _ = try Model(contentsOf: "corpora/names.txt")
      try expect(false, "a text is not a model")
    } catch let error as ModelError {
      try expect(
        error.description.hasPrefix("corpora/names.txt is a text, not"), "an error is a sentence about its file")
    }
    print("Consumer: everything is as it should be.")
  }

  @MainActor static func text(streamedBy model: Model) async throws -> String {
    var text = ""
    for try await piece in model.stream() { text += piece }
    return text
  }

  static func expect(_ holds: Bool, _ what: String) throws {
    guard holds else { throw Disappointment(what: what) }
  }
}

struct Disappointment: Error {
  let what: String
}
