import Inference
import ModelFiles
import Tokenization

/// A trained model with its tokenizer: it generates new texts and scores given ones.
///
///     let model = try Model(contentsOf: "names.safetensors")
///     for name in try model.samples(count: 20, temperature: 0.5) { print(name) }
///     print(try model.score(of: "anna").natsPerToken)
///
/// A model never changes, so any number of tasks may use one at the same time.
public struct Model: Sendable {
  package let file: ModelFile
  /// The tokenizer that the model was trained with.
  public let tokenizer: any Tokenizer
  let network: LanguageModel

  /// Reads a model file.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - tokenizers: The kinds of tokenizers that the model may use.
  /// - Throws: `FileError` if the file cannot be read, `ModelError` if it is not a model, `TokenizerError` if no kind
  ///   fits.
  public init(contentsOf path: String, tokenizers: TokenizerRegistry = .standard) throws {
    try self.init(ModelFile(contentsOf: path), tokenizers: tokenizers)
  }

  package init(_ file: ModelFile, tokenizers: TokenizerRegistry = .standard) throws(TokenizerError) {
    self.init(file, tokenizer: try tokenizers.restore(file.tokenizer))
  }

  init(_ file: ModelFile, tokenizer: any Tokenizer) {
    self.file = file
    self.tokenizer = tokenizer
    network = LanguageModel(file.weights, file.memory)
  }

  /// The sizes of the network.
  public var configuration: Configuration { file.configuration }

  /// Writes the model to a file, which is replaced as a whole or left unchanged.
  ///
  /// - Throws: `FileError` if the file cannot be written, `ModelError` if the weights are not finite.
  public func write(to path: String) throws {
    try file.write(to: path)
  }

  /// Returns true if `text` is not one of the training documents, or `nil` if the model file does not list these.
  public func isNew(_ text: String) -> Bool? {
    file.documents.map { !$0.contains(text) }
  }

  /// The fraction that the n-gram memory has in the mixture with the network; `nil` for a model without a memory.
  public var memoryShare: Double? { file.memory?.mixture.share }

  /// Returns the model with another fraction of the memory, from 0 for the network alone to below 1. A model without a
  /// memory stays as it is.
  public func withMemoryShare(_ share: Double) -> Model {
    var file = file
    file.memory?.mixture.share = min(max(share, 0), 1 - 0x1p-20)
    if share <= 0 { file.memory = nil }
    return Model(file, tokenizer: tokenizer)
  }
}
