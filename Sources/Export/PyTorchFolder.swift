import Files
import Inference
import ModelFiles
import StrictJSON
import Support
import Tokenization

/// A model in a folder for PyTorch and Hugging Face's tools, as `swiftlet export --format pytorch` writes it.
///
/// - `model.safetensors` has the weights by name.
/// - `config.json` has the configuration and the tokenizer.
/// - `tokenizer.json` has the tokenizer in Hugging Face's format, if it has such a form.
/// - `model.py` is the network; it loads these files, scores, samples and continues training. A changed one is kept.
package struct PyTorchFolder: Sendable {
  private let folder: ExportFolder

  package init(_ path: String) { folder = ExportFolder(path: path) }
}

// MARK: Writing

extension PyTorchFolder {
  /// True if there is no such folder, if it is empty, or if it holds an exported model.
  package var isFree: Bool { folder.isFree { $0["model_type"]?.string == "swiftlet" } }

  /// Writes all files, each atomically.
  ///
  /// - Returns: Sentences for the user about what was not exported.
  package func write(_ model: ModelFile, _ tokenizer: any Tokenizer) throws -> [String] {
    let description = try description(of: model, tokenizer)
    let huggingFace = HuggingFaceTokenizer(tokenizer)
    try folder.make()
    try folder.write(description, to: "config.json")
    if let json = huggingFace.json { try folder.write(json, to: "tokenizer.json") }
    try writeWeights(of: model)
    try folder.write(PackageResources.model_py, keepingChanged: "model.py")
    return [
      huggingFace.json == nil
        ? "There is no tokenizer.json: Hugging Face's tokenizers package cannot split text as this model's "
          + "\(model.tokenizer.name) tokenizer does." : nil,
      huggingFace.note,
      model.documents == nil
        ? nil : "Note: the list of training texts is not exported, so --novel works only with the original model.",
    ].compactMap(\.self)
  }

  private func description(of model: ModelFile, _ tokenizer: some Tokenizer) throws(ExportError) -> JSON {
    let configuration = model.configuration.json
    try ExportedNetwork.check(configuration)
    return [
      "model_type": "swiftlet", "architectures": ["GPT"], "configuration": configuration,
      "text": Self.json(of: tokenizer), "tokenizer": model.tokenizer.json, "training": .object(model.training),
    ]
  }

  /// The export rule of a tokenizer, in the form that `model.py` reads.
  private static func json(of tokenizer: some Tokenizer) -> JSON {
    let rule = tokenizer.exportRule
    let cut: JSON =
      switch rule.splitting {
      case .graphemes, .scalars, .bytes, .longest: "characters"
      case .spaces: "words"
      case .bytePairs, nil: .null
      }
    return [
      "cut": cut, "between": .string(rule.joiner),
      "normal_form": rule.normalForm.map { .string($0.rawValue) } ?? .null, "lowercase": .bool(rule.lowercases),
      "unknown": tokenizer.unknown.map { .integer($0) } ?? .null,
    ]
  }

  private func writeWeights(of model: ModelFile) throws {
    let tensors = zip(model.configuration.tensors, model.weights.tensors).map { shape, values in
      Tensor(name: shape.name, shape: [shape.rows, shape.columns], values: values)
    }
    try folder.write(tensors)
  }
}

// MARK: Reading

extension PyTorchFolder {
  /// Reads the model in this folder, with the weights in the safetensors file `weights` if it is given.
  package func read(weights: String? = nil) throws -> ModelFile {
    let description = try folder.description()
    if let type = description["model_type"]?.string, type != "swiftlet" {
      throw ExportError(
        "\(folder.file("config.json")) describes a model of the type \(JSON.quoted(type)). Import a folder that swiftlet "
          + "export --format pytorch or transformers wrote.")
    }
    var training = JSON.Object()
    training["imported"] = description["training"] ?? .object(JSON.Object())
    return try ModelFile(weightsIn: weights ?? folder.file("model.safetensors"), description, training: training)
  }
}
