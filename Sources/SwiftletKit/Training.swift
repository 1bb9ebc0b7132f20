import Datasets
import GPT
import ModelFiles
import Tokenization
import Training
import TrainingEngine

extension Recipe {
  /// The recipe that suits a corpus: the size of the network and the length of training follow from the corpus's size.
  public static func suggested(for corpus: Corpus, tokenizer: some Tokenizer) throws -> Recipe {
    .suggested(for: try EncodedCorpus(corpus, with: tokenizer))
  }
}

extension Trainer {
  /// Prepares to train a new model.
  ///
  ///     let corpus = try Corpus(contentsOf: "names.txt")
  ///     let tokenizer = try CharacterTokenizer(training: corpus.documents)
  ///     let trainer = try Trainer(.microgpt, tokenizer: tokenizer, corpus: corpus, seed: 42)
  ///     try trainer.run()
  ///     try trainer.model.write(to: "names.safetensors")
  ///
  /// - Parameters:
  ///   - recipe: The recipe, or `nil` for the one that suits the corpus.
  ///   - tokenizer: The tokenizer, which must know all text of the corpus.
  ///   - corpus: The documents to train on and to hold out.
  ///   - seed: The seed, instead of the recipe's.
  ///   - threads: The number of threads. The trained model does not depend on it.
  /// - Throws: `TrainingError` if the recipe cannot be used, `TokenizerError` if the tokenizer does not know the
  ///   corpus's characters.
  public convenience init(
    _ recipe: Recipe? = nil, tokenizer: some Tokenizer, corpus: Corpus, seed: UInt64? = nil, threads: Int = 1
  ) throws {
    try recipe?.check()
    let encoded = try EncodedCorpus(corpus, with: tokenizer, threads: threads)
    var recipe = recipe ?? .suggested(for: encoded)
    recipe.seed = seed ?? recipe.seed
    let configuration: Configuration
    do {
      configuration = try recipe.configuration(vocabulary: encoded.vocabulary)
    } catch {
      throw TrainingError.badRecipe(error.description)
    }
    try self.init(
      recipe, TrainingData(encoded, recipe), from: TrainingState(recipe.initialWeights(configuration))
    ) {
      fastEngine($0, $1, threads: threads)
    }
  }

  /// The model with the lowest held-out loss so far or, without held-out documents, the current one.
  ///
  /// It has the n-gram memory that the recipe asks for once the run is finished.
  public var model: Model { model(of: bestWeights, memory) }

  /// The model after the last step, without a memory.
  public var currentModel: Model { model(of: engine.weights, nil) }

  private func model(of weights: Weights, _ memory: TrainedMemory?) -> Model {
    let file = ModelFile(
      weights: weights, tokenizer: data.tokenizer.description, training: provenance, documents: data.documents,
      memory: memory?.mixed)
    return Model(file, tokenizer: data.tokenizer)
  }
}
