import Datasets
import GPT
import ModelFiles
import Testing
import Tokenization
import Training
import TrainingEngine

@Suite struct FineTuningTests {
  private func trainedModel() throws -> (ModelFile, TinyRun) {
    var recipe = Recipe.small
    recipe.learningRate = 0.03
    let run = try TinyRun(recipe)
    let trainer = try run.fastTrainer()
    try trainer.run()
    let file = ModelFile(
      weights: trainer.bestWeights, tokenizer: run.tokenizer.description, training: trainer.provenance)
    return (file, run)
  }

  @Test func `fine-tuning starts from the trained weights`() throws {
    let (model, run) = try trainedModel()
    let texts = ["anna", "bob", "dana", "elena", "frida"]
    let tuning = try FineTuning(
      model, run.tokenizer, on: Documents(texts), growingVocabulary: false, seed: 1)
    #expect(tuning.weights == model.weights && tuning.newTokens == 0)
    var recipe = Recipe.small
    recipe.holdout = .none
    let encoded = try EncodedCorpus(Corpus(texts), with: tuning.tokenizer)
    try tuning.overrides(on: encoded, context: nil).apply(to: &recipe)
    #expect(recipe.shape.embedding == 8 && recipe.shape.context == 8 && recipe.from?.utf8.count == 16)
    let data = TrainingData(encoded, recipe)
    let tuned = try Trainer(recipe, data, from: TrainingState(tuning.weights)) { FastEngine(weights: $0, moments: $1) }
    let new = try Trainer(recipe, data, from: run.beginning) { FastEngine(weights: $0, moments: $1) }
    #expect(try tuned.advance().loss < new.advance().loss - 0.3, "fine-tuning keeps the trained weights")
  }

  @Test func `characters outside the vocabulary are listed`() throws {
    let (model, run) = try trainedModel()
    let documents = Documents(
      ["xylophone quiz", "anna"] + (0..<12).map { String(Character(Unicode.Scalar(0x4E00 + $0)!)) })
    let error = #expect(throws: TrainingError.self) {
      try FineTuning(model, run.tokenizer, on: documents, growingVocabulary: false, seed: 1)
    }
    let sentence = "\(try #require(error))"
    #expect(sentence.contains("does not know 18 tokens"), "\(sentence)")
    #expect(sentence.contains("“ ”, “p”, “q”, “u”, “y”, “z”, “一”, “丁”, “丂”, “七”, …."), "\(sentence)")
    #expect(sentence.contains("--grow-vocabulary"))

    let tuning = try FineTuning(model, run.tokenizer, on: documents, growingVocabulary: true, seed: 1)
    #expect(tuning.newTokens == 18)
    #expect(tuning.tokenizer.vocabulary.count + 1 == tuning.weights.configuration.vocabulary)
    #expect(try tuning.tokenizer.encode("anna") == run.tokenizer.encode("anna"))
  }

  /// Resuming a run that started from another model would make another model.
  @Test func `the model is part of the recipe`() throws {
    let (model, run) = try trainedModel()
    var changed = model
    changed.weights.tensors[0][0] += 1
    var recipes: [Recipe] = []
    for file in [model, changed] {
      var recipe = Recipe.small
      try FineTuning(file, run.tokenizer, on: Documents(["anna"]), growingVocabulary: false, seed: 1)
        .overrides(on: EncodedCorpus(Corpus(["anna"]), with: run.tokenizer), context: nil).apply(to: &recipe)
      recipes.append(recipe)
    }
    #expect(recipes[0].from != recipes[1].from)
    #expect(try Recipe(recipes[0].json) == recipes[0])
  }

  /// New positions are random, and texts that fit the old context never see them.
  @Test(arguments: [Positions.learned, .rotary])
  func `a longer context changes no short text`(positions: Positions) throws {
    let configuration = try Configuration(
      layers: 2, embedding: 16, heads: 4, context: 8, vocabulary: 12, positions: positions, bigrams: 50)
    let weights = Weights(configuration, seed: 3)
    let grown = try weights.grown(toContext: 20, seed: 1)
    #expect(grown.configuration.context == 20 && grown.configuration.vocabulary == 12)
    var batch = Batch()
    batch.append([11, 1, 2, 3, 4, 5, 6, 7, 8], weight: 1)
    #expect(FastEngine(weights: weights).nats(of: batch) == FastEngine(weights: grown).nats(of: batch))
    batch.append([11, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11], weight: 1)
    let nats = FastEngine(weights: grown).nats(of: batch)
    #expect(nats.allSatisfy { $0.isFinite })
    #expect(try weights.grown(toContext: 8, seed: 1) == weights)
  }
}
