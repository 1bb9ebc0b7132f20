import CharacterTokenization
import Datasets
import ModelFiles
import StrictJSON
import Support
import TestSupport
import Testing
import Tokenization
import Training
import TrainingEngine

@Suite struct CheckpointTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var path: String { folder.path("run.checkpoint") }

  /// The file of a finished run.
  private func model(_ trainer: Trainer, _ run: TinyRun) throws -> [UInt8] {
    let file = ModelFile(
      weights: trainer.bestWeights, tokenizer: run.tokenizer.description, training: trainer.provenance)
    try file.write(to: folder.path("model"))
    return Array(try folder.contents("model"))
  }

  @Test(arguments: [0, 1, 10, 29, 60]) func `a resumed run writes the same model`(stop: Int) throws {
    let run = try TinyRun(.small)
    let whole = try run.fastTrainer()
    try whole.run()
    let expected = try model(whole, run)

    let first = try run.fastTrainer()
    try first.run { _ in
    } until: {
      first.step == stop
    }
    try Checkpoint(of: first, tokenizer: run.tokenizer.description).write(to: path)
    let checkpoint = try Checkpoint(contentsOf: path)
    #expect(checkpoint == Checkpoint(of: first, tokenizer: run.tokenizer.description))
    try checkpoint.check(run.recipe, run.data.identity, run.tokenizer.description)
    let second = try run.fastTrainer(from: checkpoint.state, threads: 2)
    try second.run()
    #expect(try model(second, run) == expected)
  }

  /// Resuming with other data or another recipe would silently make another model.
  @Test func `a checkpoint of another run is refused with the difference`() throws {
    let run = try TinyRun(.small)
    try Checkpoint(of: run.fastTrainer(), tokenizer: run.tokenizer.description).write(to: path)
    let checkpoint = try Checkpoint(contentsOf: path)
    func refusal(_ change: (inout Recipe) -> Void = { _ in }, texts: [String] = names) throws -> String {
      var recipe = Recipe.small
      change(&recipe)
      let other = try TinyRun(recipe, texts: texts)
      let error = #expect(throws: TrainingError.self) {
        try checkpoint.check(other.recipe, other.data.identity, other.tokenizer.description)
      }
      return "\(try #require(error))"
    }
    #expect(try refusal { $0.batch = 4 }.contains("--batch is 3 there and 4 here"))
    #expect(try refusal { $0.patience = 5 }.contains("--patience is null there and 5 here"))
    #expect(try refusal { $0.holdout = .fraction(0.25) }.contains("--validation is 3 there and 0.25 here"))
    #expect(try refusal(texts: names.reversed()).contains("in another order"))
    #expect(try refusal(texts: names + ["bo"]).contains("9 documents there and 10 here"))
    #expect(try refusal(texts: names.dropLast() + ["zz"]).contains("the vocabulary has 18 tokens there and"))
  }

  @Test func `recipes are restored`() throws {
    var recipe = Recipe.sentences
    recipe.clip = 0.1
    recipe.seed = .max
    recipe.patience = 3
    for heldOut in [Holdout.none, .automatic, .separate, .fraction(0.125), .count(12)] {
      recipe.holdout = heldOut
      let text = JSON.object(recipe.json).description
      let object = try #require(try JSON(parsing: text).object)
      #expect(try Recipe(object) == recipe, "\(text)")
    }
    var unknown = recipe.json
    unknown["dropout"] = 0.1
    #expect(throws: JSONError.self) { try Recipe(unknown) }
  }

  @Test func `a model is not a checkpoint`() throws {
    let run = try TinyRun(.small)
    _ = try model(run.fastTrainer(), run)
    let error = #expect(throws: TrainingError.self) { try Checkpoint(contentsOf: folder.path("model")) }
    #expect("\(try #require(error))".contains("finished model, not a checkpoint"))
  }
}
