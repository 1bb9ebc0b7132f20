import Architecture
import CharacterTokenization
import ScalarReference
import Testing
import Tokenization
import Training

@Suite struct TrainerTests {
  @Test func everyEpochMeetsEveryDocumentOnceInItsOwnOrder() throws {
    var recipe = Recipe.small
    recipe.heldOut = .none
    recipe.batch = 4
    recipe.steps = 9
    let run = try TinyRun(recipe)
    let (trainer, engine) = try run.nullTrainer()
    #expect(try trainer.run())
    let sequences = engine.batches.flatMap { batch in
      zip([0] + batch.ends, batch.ends).map { Array(batch.inputs[$0..<$1]) + [batch.targets[$1 - 1]] }
    }
    let epochs = (0..<3).map { Array(sequences[$0 * 12..<$0 * 12 + 12]) }
    #expect(epochs[0] != epochs[1] && epochs[1] != epochs[2])
    for epoch in epochs { #expect(Set(epoch) == Set(epochs[0]) && epoch.count == 12) }
    #expect(trainer.tokens == sequences.reduce(0) { $0 + $1.count - 1 })
    for batch in engine.batches { #expect(abs(batch.weights.reduce(0, +) - 1) < 1e-6) }
    let boundary = run.configuration.boundary
    #expect(sequences.allSatisfy { $0.first == boundary })
    #expect(
      sequences.filter { $0.last != boundary }.allSatisfy { $0.count == 9 }, "only a cut name ends without its boundary"
    )
  }

  @Test func fileOrderIsTheOrderOfTheFile() throws {
    var recipe = Recipe.small
    recipe.heldOut = .none
    recipe.order = .file
    recipe.batch = 1
    recipe.steps = 24
    let run = try TinyRun(recipe)
    let (trainer, engine) = try run.nullTrainer()
    #expect(try trainer.run())
    #expect(engine.batches[0..<12] == engine.batches[12..<24])
    #expect(engine.batches.prefix(12).map(\.rows) == names.map { min(8, $0.count + 1) })
  }

  @Test func windowsCoverEveryTokenOnce() throws {
    var recipe = Recipe.small
    recipe.heldOut = .none
    recipe.longDocuments = .windows
    recipe.context = 4
    recipe.order = .file
    recipe.batch = 1
    for length in 1...20 {
      let text = String("abcdefghijklmnopqrstuvwxyz".prefix(length))
      let run = try TinyRun(recipe, texts: [text])
      #expect(run.data.training.predictionCount == length + 1)
      #expect(run.data.training.longDocumentCount == (length + 1 > 4 ? 1 : 0))
      var recipe = recipe
      recipe.steps = run.data.training.count
      let (trainer, engine) = try TinyRun(recipe, texts: [text]).nullTrainer()
      #expect(try trainer.run())
      let tokens = Array(0..<Int32(length))
      #expect(engine.batches.flatMap(\.inputs) == [Int32(length)] + tokens)
      #expect(engine.batches.flatMap(\.targets) == tokens + [Int32(length)])
      let lengths = engine.batches.map(\.rows)
      #expect(lengths.allSatisfy { 1...4 ~= $0 } && lengths.max()! - lengths.min()! <= 1)
    }
  }

  /// The promise that a killed run loses nothing: the same bits, wherever it was interrupted.
  @Test(arguments: [0, 1, 17, 30, 59]) func stoppingAndGoingOnGivesTheSameBits(stop: Int) throws {
    let run = try TinyRun(Recipe.small)
    let (whole, wholeEngine) = try run.nullTrainer()
    #expect(try whole.run())
    let (first, firstEngine) = try run.nullTrainer()
    #expect(try first.run(until: { first.step == stop }) == false)
    let secondEngine = NullEngine(first.state.weights, first.state.moments)
    let second = try Trainer(run.recipe, run.data, from: first.state) { _, _ in secondEngine }
    #expect(try second.run())
    #expect(firstEngine.batches + secondEngine.batches == wholeEngine.batches)
    #expect(firstEngine.updates + secondEngine.updates == wholeEngine.updates)
    #expect(second.state == whole.state)
  }

  @Test func itLearnsAndKeepsTheBest() throws {
    var recipe = Recipe.small
    recipe.learningRate = 0.03
    let run = try TinyRun(recipe)
    let trainer = try run.trainer()
    var steps: [Step] = []
    try trainer.run { steps.append($0) }
    #expect(trainer.isFinished && trainer.step == 60)
    #expect(steps.map(\.number) == Array(1...60))
    #expect(steps.last!.loss < steps.first!.loss - 0.5)
    let scores = steps.compactMap { step in step.score.map { (step.number, $0.natsPerToken) } }
    #expect(scores.map(\.0) == [10, 20, 30, 40, 50, 60])
    let best = try #require(trainer.best)
    #expect(best.score.natsPerToken == scores.map(\.1).min())
    #expect(
      Score(of: run.data.heldOut!, by: ScalarEngine(weights: trainer.bestWeights)).natsPerToken.isNear(
        best.score.natsPerToken))
    #expect(trainer.meanLoss!.isNear(steps.reduce(0) { $0 + Double($1.loss) } / 60))
    let bytes = Double(run.data.heldOut!.byteCount)
    let predictions = Double(run.data.heldOut!.predictionCount)
    #expect(best.score.bitsPerByte.isNear(best.score.natsPerToken * predictions / bytes * 1.4426950408889634))
  }

  @Test func patienceEndsTheRun() throws {
    var recipe = Recipe.small
    recipe.patience = 2
    let (trainer, engine) = try TinyRun(recipe).nullTrainer()
    #expect(try trainer.run())
    #expect(trainer.step == 30 && trainer.isOutOfPatience && engine.batches.count == 30)
    #expect(trainer.best?.step == 10)
  }

  @Test func aLossThatIsNoNumberStopsTheRun() throws {
    let (trainer, engine) = try TinyRun(Recipe.small).nullTrainer()
    engine.loss = { $0 == 7 ? .nan : 1 }
    let error = #expect(throws: TrainingError.self) { try trainer.run() }
    #expect("\(error!)".contains("step 7") && "\(error!)".contains("learning rate of 0.009"))
    #expect(trainer.step == 6, "the last good state can still be saved")
  }

  @Test func recipesThatCannotBeAreRefused() throws {
    let run = try TinyRun(Recipe.small)
    let changes: [(String, (inout Recipe) -> Void)] = [
      ("steps is -5", { $0.steps = -5 }), ("batch is 0", { $0.batch = 0 }),
      ("learning rate is 0", { $0.learningRate = 0 }),
      ("learning rate is nan", { $0.learningRate = .nan }), ("beta1 is 1", { $0.beta1 = 1 }),
      ("warm-up is 61", { $0.warmup = 61 }),
      ("patience is 0", { $0.patience = 0 }), ("clip is -1", { $0.clip = -1 }),
      ("evaluate-every is 0", { $0.evaluateEvery = 0 }),
    ]
    for (sentence, change) in changes {
      var recipe = run.recipe
      change(&recipe)
      let error = #expect(throws: TrainingError.self) {
        try Trainer(recipe, run.data, from: run.beginning) { NullEngine($0, $1) }
      }
      #expect("\(error!)".contains(sentence), "\(error!)")
    }
  }
}
