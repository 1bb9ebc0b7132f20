import Files
import Inference
import ModelFiles
import StrictJSON
import Support
import Tokenization

/// A folder in which PyTorch, and HuggingFace's tools, find a model: what `swiftlet export --format pytorch` makes.
///
/// `model.safetensors` has the weights by their names, `config.json` the sizes and the tokenizer, `tokenizer.json` the tokenizer in
/// HuggingFace's form where it has one, and `model.py` is the network, which loads them, scores, samples and goes on training.
package struct PyTorchFolder: Sendable {
  package let path: String

  package init(_ path: String) { self.path = path }

  /// The sizes that `model.py` has a place for; a configuration that says more describes another network.
  private static let knownSizes = [
    "layers", "embedding", "heads", "context", "vocabulary", "activation", "bigrams", "trigrams",
  ]

  /// As much as the header of a model, which says the same as the description.
  private static let longestText = 100_000_000

  private func file(_ name: String) -> String { "\(path)/\(name)" }
}

// MARK: Writing

extension PyTorchFolder {
  /// Writes all files, each whole or not at all, and returns what the person should know.
  package func write(_ model: ModelFile, _ tokenizer: any Tokenizer) throws -> [String] {
    let description = try description(of: model, TextRule(of: tokenizer))
    let huggingFace = HuggingFaceTokenizer(tokenizer)
    try Folder.make(path)
    try write(description.bytes(pretty: true), to: "config.json")
    if let json = huggingFace.json { try write(json.bytes(pretty: true), to: "tokenizer.json") }
    try writeWeights(of: model)
    try writeProgram()
    return [
      huggingFace.reasonAgainst,
      model.documents == nil ? nil : "Which texts it was trained on stays behind: --novel needs the swiftlet model.",
    ].compactMap(\.self)
  }

  private func description(of model: ModelFile, _ rule: TextRule) throws -> JSON {
    let configuration = model.configuration.json
    if let unknown = configuration.object?.members.first(where: { !Self.knownSizes.contains($0.key) }) {
      throw PyTorchError(
        "The model has \(JSON.quoted(unknown.key)), for which the network in model.py has no place: it is not exported."
      )
    }
    return [
      "model_type": "swiftlet", "architectures": ["GPT"], "configuration": configuration,
      "text": ["cut": rule.cut.map(JSON.string) ?? .null, "between": .string(rule.between)],
      "tokenizer": model.tokenizer.json, "training": .object(model.training),
    ]
  }

  private func writeWeights(of model: ModelFile) throws {
    let tensors = zip(model.configuration.tensors, model.weights.tensors).map { shape, values in
      Tensor(name: shape.name, shape: [shape.rows, shape.columns], values: values)
    }
    let output = try AtomicFile(replacing: file("model.safetensors"))
    try output.write(tensors, metadata: [("format", "pt")])
    try output.commit()
  }

  /// A program that somebody has changed is kept beside the new one.
  private func writeProgram() throws {
    let there =
      InputFile.exists(file("model.py")) ? try InputFile.contents(of: file("model.py"), upTo: Self.longestText) : nil
    guard there != PackageResources.model_py else { return }
    try write(PackageResources.model_py, to: "model.py", keepingPrevious: true)
  }

  private func write(_ bytes: [UInt8], to name: String, keepingPrevious: Bool = false) throws {
    let output = try AtomicFile(replacing: file(name), keepingPrevious: keepingPrevious)
    try output.write(bytes)
    try output.commit()
  }
}

// MARK: Reading

extension PyTorchFolder {
  /// The model in this folder, or one of its kind whose weights stand in the safetensors file `weights`.
  package func read(weights: String? = nil) throws -> ModelFile {
    let description = try description()
    var training = JSON.Object()
    training["imported"] = description["training"] ?? .object(JSON.Object())
    return try ModelFile(weightsIn: weights ?? file("model.safetensors"), description, training: training)
  }

  private func description() throws -> JSON.Object {
    let name = file("config.json")
    let text = try InputFile.contents(of: name, upTo: Self.longestText)
    do throws(JSONError) {
      let json = try JSON(parsing: text.span)
      guard let object = json.object else { throw JSONError("it must be an object, not \(json.kind)") }
      return object
    } catch {
      throw PyTorchError("\(name) does not describe a model: \(error).")
    }
  }
}

/// Why a model cannot go to PyTorch or come from there, as a sentence.
package struct PyTorchError: Error, Equatable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}
