import SwiftletKit
import Testing

/// The listings of “Train your first model” and “Reproducibility”. If one fails, readers copy code that does not
/// compile.
struct TrainingExamples {
  private let workspace: Workspace
  private let path: String

  init() throws {
    workspace = try Workspace()
    path = workspace.path
  }

  @Test func `training`() throws {
    let corpus = try Corpus(contentsOf: "corpora/names.txt")
    let tokenizer = try CharacterTokenizer(training: corpus.documents)
    let trainer = try Trainer(tokenizer: tokenizer, corpus: corpus, seed: 42)
    try trainer.run { step in
      if let score = step.score { print("step \(step.number): \(score.natsPerToken) nats per token") }
    }
    try trainer.model.write(to: path)
    #expect(try Model(contentsOf: path).configuration.embedding == trainer.recipe.shape.embedding)
  }

  @Test func `recipes and progress`() throws {
    let corpus = try Corpus(contentsOf: "corpora/names.txt")
    let tokenizer = try CharacterTokenizer(training: corpus.documents)
    var recipe = Recipe.microgpt
    recipe.steps = 300
    recipe.batch = 8
    recipe.holdout = .count(200)
    let trainer = try Trainer(recipe, tokenizer: tokenizer, corpus: corpus)
    var scores: [Double] = []
    var early: [String] = []
    let isTooLate = false
    try trainer.run { step in
      if let score = step.score { scores.append(score.natsPerToken) }
      if step.number == 100 { early = try trainer.currentModel.samples(count: 3).map(\.text) }
    } until: {
      isTooLate
    }
    #expect(trainer.step == 300)
    #expect(try #require(scores.min()) < 2.8)
    #expect(early.count == 3)
    #expect(try early != trainer.currentModel.samples(count: 3).map(\.text))
  }

  @Test func `runs on any number of threads`() throws {
    let corpus = try Corpus(["anna", "bob", "emma"])
    let tokenizer = try CharacterTokenizer(training: corpus.documents)
    var recipe = Recipe.microgpt
    recipe.steps = 20
    recipe.batch = 4
    let first = try Trainer(recipe, tokenizer: tokenizer, corpus: corpus, threads: 1)
    let second = try Trainer(recipe, tokenizer: tokenizer, corpus: corpus, threads: 2)
    try first.run()
    try second.run()
    print(try first.model.samples(count: 5) == second.model.samples(count: 5))  // true
    #expect(try first.model.samples(count: 5) == second.model.samples(count: 5))
  }
}
