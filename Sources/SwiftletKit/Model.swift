import Inference
import ModelFiles
import Tokenization
import TrainingEngine

/// A trained model with its tokenizer: it writes new texts and says how likely given ones are.
///
///     let model = try Model.load("names.safetensors")
///     for name in try model.samples(20, temperature: 0.5) { print(name) }
///     print(try model.score("anna").natsPerToken)
///
/// A model never changes, so any number of tasks may use one at the same time.
public struct Model: Sendable {
  /// What the model's file holds.
  package let file: ModelFile
  /// The tokenizer that the model was trained with.
  public let tokenizer: any Tokenizer
  let predictor: Predictor

  /// Reads a model's file; the registry has the kinds of tokenizers that it may need.
  public static func load(_ path: String, tokenizers: TokenizerRegistry = .standard) throws -> Model {
    try Model(ModelFile(contentsOf: path), tokenizers: tokenizers)
  }

  package init(_ file: ModelFile, tokenizers: TokenizerRegistry = .standard) throws(TokenizerError) {
    self.init(file, tokenizer: try tokenizers.restore(file.tokenizer))
  }

  init(_ file: ModelFile, tokenizer: any Tokenizer) {
    self.file = file
    self.tokenizer = tokenizer
    predictor = Predictor(file.weights)
  }

  /// The sizes of the model.
  public var configuration: Configuration { file.configuration }

  /// Puts the model in the place of `path`, all of it or nothing.
  public func save(to path: String) throws {
    try file.write(to: path)
  }
}
