import Datasets
import GPT
import TestSupport
import Testing
import Training

/// If these fail, a recipe with Muon trains at another rate than it says, or where Muon makes no sense.
@Suite struct MuonRecipeTests {
  private static let recipe: Recipe = {
    var recipe = Recipe.small
    (recipe.optimizer, recipe.batch, recipe.warmup) = (.muon, 80, 10)
    return recipe
  }()

  @Test func `Muon's rate rises and decays as the learning rate does`() throws {
    let (trainer, engine) = try TinyRun(Self.recipe).nullTrainer()
    try trainer.run()
    #expect(engine.updates.count == 60)
    for (step, update) in engine.updates.enumerated() {
      let factor = Self.recipe.schedule.factor(step: step, of: 60, warmup: 10)
      #expect(update.learningRate == 0.01 * factor && update.muonRate == 0.02 * factor)
    }
    let (adam, other) = try TinyRun(.small).nullTrainer()
    try adam.run()
    #expect(other.updates.allSatisfy { $0.muonRate == nil })
  }

  @Test(arguments: [1, 30]) func `a run with Muon resumes from its checkpoint to the same bits`(stop: Int) throws {
    let folder = try TemporaryFolder()
    let run = try TinyRun(Self.recipe)
    let whole = try run.fastTrainer()
    try whole.run()
    let first = try run.fastTrainer()
    try first.run { _ in
    } until: {
      first.step == stop
    }
    try Checkpoint(of: first, tokenizer: run.tokenizer.description).write(to: folder.path("run.checkpoint"))
    let checkpoint = try Checkpoint(contentsOf: folder.path("run.checkpoint"))
    try checkpoint.check(run.recipe, run.data.identity, run.tokenizer.description)
    let second = try run.fastTrainer(from: checkpoint.state, threads: 2)
    try second.run()
    #expect(second.state == whole.state)
  }

  @Test func `a step of few tokens is refused with the batch to use`() throws {
    var recipe = Self.recipe
    recipe.batch = 20
    let error = try #require(throws: TrainingError.self) { try TinyRun(recipe).trainer() }
    let message = "\(error)"
    #expect(
      message.hasPrefix("Muon needs steps of at least 256 tokens at an embedding of 8, and a batch of 20 has about"))
    #expect(message.hasSuffix(" or more, or --optimizer adam."))
    recipe.batch = try #require(message.firstMatch(of: /--batch ([0-9]+)/).flatMap { Int($0.1) })
    _ = try TinyRun(recipe).trainer()
    recipe.batch -= 1
    #expect(throws: TrainingError.self) { try TinyRun(recipe).trainer() }
    // Wide matrices need more tokens.
    recipe.batch = 80
    recipe.shape.embedding = 128
    #expect(throws: TrainingError.self) { try TinyRun(recipe).trainer() }
    recipe.optimizer = .adam
    _ = try TinyRun(recipe).trainer()
  }

  @Test func `fine-tuning takes a quarter of Muon's rate unless one is given`() throws {
    let run = try TinyRun(.small)
    var overrides = RecipeOverrides()
    overrides[\.optimizer] = .muon
    #expect(Recipe.suggested(for: run.encoded, overrides).muonRate == 0.03)
    overrides[\.from] = "0123456789abcdef"
    #expect(Recipe.suggested(for: run.encoded, overrides).muonRate == 0.0075)
    overrides[\.muonRate] = 0.05
    #expect(Recipe.suggested(for: run.encoded, overrides).muonRate == 0.05)
  }
}
