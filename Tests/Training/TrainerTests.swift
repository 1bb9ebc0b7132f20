import CharacterTokenization
import Datasets
import GPT
import ScalarReference
import Support
import Testing
import Tokenization
import Training

@Suite struct TrainerTests {
  @Test func `every epoch has every document once, in a different order`() throws {
    var recipe = Recipe.small
    recipe.holdout = .none
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
      sequences.filter { $0.last != boundary }.allSatisfy { $0.count == 9 },
      "only a truncated name ends without its boundary"
    )
  }

  @Test func `file order is the order of the file`() throws {
    var recipe = Recipe.small
    recipe.holdout = .none
    recipe.order = .file
    recipe.batch = 1
    recipe.steps = 24
    let run = try TinyRun(recipe)
    let (trainer, engine) = try run.nullTrainer()
    #expect(try trainer.run())
    #expect(engine.batches[0..<12] == engine.batches[12..<24])
    #expect(engine.batches.prefix(12).map(\.rows) == names.map { min(8, $0.count + 1) })
  }

  /// Every token of a long text is predicted, never from more tokens than the context holds.
  @Test(arguments: [2, 4, 5, 8]) func `windows cover every token`(context: Int) throws {
    var recipe = Recipe.small
    recipe.holdout = .separate
    recipe.longDocuments = .windows
    recipe.shape.context = context
    recipe.order = .file
    recipe.batch = 1
    for length in 1...30 {
      let text = String((0..<length).map { Character(Unicode.Scalar(UInt8(97 + $0 % 26))) })
      let run = try TinyRun(recipe, texts: [text])
      let data = TrainingData(run.encoded, heldOut: run.encoded, recipe)
      let stream = [run.configuration.boundary] + (try run.tokenizer.encode(text)) + [run.configuration.boundary]
      #expect(data.training.longDocumentCount == (length + 1 > context ? 1 : 0))

      recipe.steps = data.training.count
      let engine = NullEngine(run.beginning.weights, run.beginning.moments)
      try Trainer(recipe, data, from: run.beginning) { _, _ in engine }.run()
      var covered = 0
      for batch in engine.batches {
        #expect(batch.rows == min(context, length + 1))
        let start = try #require(
          (0...min(covered, length + 1 - batch.rows)).last { stream[$0..<$0 + batch.rows] == batch.inputs[...] })
        #expect(stream[start + 1...start + batch.rows] == batch.targets[...])
        covered = max(covered, start + batch.rows)
      }
      #expect(covered == length + 1)

      let heldOut = try #require(data.heldOut)
      #expect(heldOut.predictionCount == length + 1, "held-out tokens are scored once each")
      let before = engine.scored.count
      _ = HeldOutScore(of: heldOut, by: engine)
      let rows = engine.scored[before...].flatMap { zip([0] + $0.ends, $0.ends).map { $1 - $0 } }
      #expect(rows.count == heldOut.count && rows.allSatisfy { $0 == min(context, length + 1) })
      let scored = (0..<heldOut.count).flatMap { heldOut.tokens($0).dropFirst(1 + heldOut.repetitions(in: $0)) }
      #expect(scored == Array(stream.dropFirst()))
      #expect((1..<heldOut.count).allSatisfy { heldOut.repetitions(in: $0) >= context / 2 }, "half a context before it")
    }
  }

  /// An interrupted run must give the same bits as an undisturbed one, at any step of the interruption.
  @Test(arguments: [0, 1, 17, 30, 59]) func `a resumed run gives the same bits`(stop: Int) throws {
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

  @Test func `the loss falls and the best model is kept`() throws {
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
      HeldOutScore(of: run.data.heldOut!, by: ScalarEngine(weights: trainer.bestWeights)).natsPerToken.isNear(
        best.score.natsPerToken))
    #expect(trainer.meanLoss!.isNear(steps.reduce(0) { $0 + Double($1.loss) } / 60))
    let bytes = Double(run.data.heldOut!.byteCount)
    let predictions = Double(run.data.heldOut!.predictionCount)
    #expect(best.score.bitsPerByte.isNear(best.score.natsPerToken * predictions / bytes * 1.4426950408889634))
  }

  /// Otherwise a long text would be cut at the same places in every epoch.
  @Test func `windows move from epoch to epoch, but not the first and the last of a document`() throws {
    var recipe = Recipe.small
    recipe.longDocuments = .windows
    recipe.holdout = .none
    recipe.order = .file
    recipe.batch = 1
    let text = (0..<60).map { String(Character(Unicode.Scalar(UInt8(33 + $0)))) }.joined()
    let count = try TinyRun(recipe, texts: [text]).data.training.count
    #expect(count == 15)
    recipe.steps = 20 * count
    let run = try TinyRun(recipe, texts: [text])
    let (trainer, engine) = try run.nullTrainer()
    try trainer.run()
    let stream = try [run.configuration.boundary] + run.tokenizer.encode(text)
    let starts = try engine.batches.map { try #require(stream.firstIndex(of: $0.inputs[0])) }
    for (start, batch) in zip(starts, engine.batches) { #expect(stream[start..<start + 8] == batch.inputs[...]) }
    let windows = (0..<count).map { window in Set((0..<20).map { starts[$0 * count + window] }) }
    #expect(windows[0] == [0] && windows[count - 1] == [53])
    for (window, places) in windows.enumerated().dropFirst().dropLast() {
      #expect(places.count > 2 && places.isSubset(of: 4 * window - 2...4 * window + 2), "window \(window)")
    }
  }

  /// Otherwise a run on one book would have no held-out score, and no end before it memorizes.
  @Test func `the end of a long document is held out where there are few documents`() throws {
    var recipe = Recipe.small
    recipe.holdout = .automatic
    recipe.longDocuments = .windows
    let long = String((0..<1999).map { Character(Unicode.Scalar(UInt8(97 + $0 * $0 % 26))) })
    let run = try TinyRun(recipe, texts: [long, "short", "é" + long])
    let heldOut = try #require(run.data.heldOut)
    #expect(run.data.holdsOutEnds && heldOut.documentCount == 2)
    let boundary = run.configuration.boundary
    let stream = try [long, "é" + long].map { try run.tokenizer.encode($0) + [boundary] }
    let ends = (0..<heldOut.count).flatMap { heldOut.tokens($0).dropFirst(1 + heldOut.repetitions(in: $0)) }
    #expect(ends == Array(stream[0].suffix(200) + stream[1].suffix(200)))
    #expect(heldOut.predictionCount == 400 && heldOut.byteCount == 398)
    // The training part has the rest, and no text of the ends.
    #expect(run.data.training.predictionCount == 1800 + 6 + 1801)
    let sequences = (0..<run.data.training.count).map { run.data.training.tokens($0) }
    #expect(sequences.count { $0.last == boundary } == 1, "only the short document ends")

    recipe.holdout = .none
    #expect(try TinyRun(recipe, texts: [long]).data.heldOut == nil)
    recipe.holdout = .automatic
    #expect(try TinyRun(recipe, texts: [String(long.prefix(900))]).data.heldOut == nil)
  }

  @Test func `patience ends the run`() throws {
    var recipe = Recipe.small
    recipe.patience = 2
    let (trainer, engine) = try TinyRun(recipe).nullTrainer()
    #expect(try trainer.run())
    #expect(trainer.step == 30 && trainer.isOutOfPatience && engine.batches.count == 30)
    #expect(trainer.best?.step == 10)
  }

  @Test func `a loss that is not a number stops the run`() throws {
    let (trainer, engine) = try TinyRun(Recipe.small).nullTrainer()
    engine.loss = { $0 == 7 ? .nan : 1 }
    let error = #expect(throws: TrainingError.self) { try trainer.run() }
    #expect("\(error!)".contains("step 7") && "\(error!)".contains("learning rate of 0.009"))
    #expect("\(error!)".contains("the loss is not a number"))
    #expect(trainer.step == 6, "the last good state can still be saved")
  }

  @Test func `recipes that cannot be trained are refused`() throws {
    let run = try TinyRun(Recipe.small)
    let changes: [(String, (inout Recipe) -> Void)] = [
      ("steps is -5", { $0.steps = -5 }), ("batch is 0", { $0.batch = 0 }),
      ("learning rate is 0", { $0.learningRate = 0 }),
      ("learning rate is nan", { $0.learningRate = .nan }), ("beta1 is 1", { $0.beta1 = 1 }),
      ("warmup is 61", { $0.warmup = 61 }),
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
