import Datasets
import GPT
import Inference
import ModelFiles
import Support
import Tokenization
import Training
import TrainingEngine

extension Trainer {
  /// A run of `recipe` on `corpus`, from its beginning; without a recipe, of the one that suits the corpus.
  ///
  ///     let corpus = try Corpus(contentsOf: "names.txt")
  ///     let tokenizer = try CharacterTokenizer(training: corpus.documents)
  ///     let trainer = try Trainer(.microgpt, tokenizer: tokenizer, corpus: corpus, seed: 42)
  ///     try trainer.run()
  ///     try trainer.model.save(to: "names.safetensors")
  public convenience init(
    _ recipe: Recipe? = nil, tokenizer: some Tokenizer, corpus: Corpus, seed: UInt64? = nil, threads: Int = 1
  ) throws {
    try recipe?.check()
    let encoded = try EncodedCorpus(corpus, with: tokenizer, threads: threads)
    var recipe = recipe ?? .suggested(for: encoded)
    recipe.seed = seed ?? recipe.seed
    let configuration = try recipe.configuration(vocabulary: encoded.vocabulary)
    try self.init(
      recipe, TrainingData(encoded, recipe), from: TrainingState(Weights(configuration, seed: recipe.seed))
    ) {
      FastEngine(weights: $0, moments: $1, threads: threads)
    }
  }

  /// The best model so far where held-out documents can tell, otherwise the present one.
  public var model: Model { model(of: bestWeights) }

  /// The model as the last step left it: for a look at what it writes by now.
  public var presentModel: Model { model(of: engine.weights) }

  private func model(of weights: Weights) -> Model {
    let file = ModelFile(
      weights: weights, tokenizer: data.tokenizer.description, training: provenance, documents: data.documents)
    return Model(file, tokenizer: data.tokenizer)
  }
}
