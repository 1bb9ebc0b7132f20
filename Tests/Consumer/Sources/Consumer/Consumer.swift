import SwiftletKit

/// Swiftlet in ten lines, and a few more to see that they did what they should.
@main
struct Consumer {
  static func main() async throws {
    let corpus = try Corpus(contentsOf: "corpora/names.txt")
    let tokenizer = try CharacterTokenizer(training: corpus.documents)
    let trainer = try Trainer(.microgpt, tokenizer: tokenizer, corpus: corpus, seed: 42)
    try trainer.run { step in if step.number.isMultiple(of: 250) { print(step) } }

    let model = trainer.model
    for name in try model.samples(20, temperature: 0.5) { print(name) }
    try model.save(to: "names.safetensors")

    let loaded = try Model.load("names.safetensors")
    try expect(
      loaded.samples(20, temperature: 0.5) == model.samples(20, temperature: 0.5), "a saved model is the model")
    try expect(loaded.stream(3).joined() == loaded.samples(4)[3], "what streams is what is sampled")
    try expect(loaded.score("anna").total < loaded.score("qxzj").total, "names are likelier than noise")
    async let some = loaded.samples(100)
    async let others = loaded.samples(100)
    try await expect(some == others, "any task gets the same samples")
    print("Consumer: everything is as it should be.")
  }

  static func expect(_ holds: Bool, _ what: String) throws {
    guard holds else { throw Disappointment(what: what) }
  }
}

struct Disappointment: Error {
  let what: String
}
