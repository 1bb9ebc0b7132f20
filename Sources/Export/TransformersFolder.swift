import Files
import GPT
import Inference
import ModelFiles
import StrictJSON
import Support
import Tokenization

/// A model in a folder that Hugging Face's Transformers loads without code of its own, as
/// `swiftlet export --format transformers` writes it.
///
///     model = AutoModelForCausalLM.from_pretrained("names-transformers")
///     tokenizer = AutoTokenizer.from_pretrained("names-transformers")
///
/// - `config.json` and `model.safetensors` describe the network as `ArceeForCausalLM`.
/// - `tokenizer.json` and `tokenizer_config.json` have the tokenizer. A text starts with the boundary token, and the
///   model ends it with the same token.
/// - `README.md` is the model's card. A changed one is kept.
/// - `generation_config.json` samples from the model's own probabilities, up to its context.
package struct TransformersFolder: Sendable {
  private let folder: ExportFolder

  package init(_ path: String) { folder = ExportFolder(path: path) }

  /// True if there is no such folder, if it is empty, or if it holds a model that was exported to it.
  package var isFree: Bool {
    folder.isFree { $0["swiftlet"] != nil && $0["model_type"]?.string == ArceeDescription.modelType }
  }

  /// True if the folder's network is of the type of exported ones.
  package var isPresent: Bool { folder.has(modelType: ArceeDescription.modelType) }

  /// Writes all files, each atomically.
  ///
  /// - Parameter name: The model's name, for its card.
  /// - Returns: Sentences for the user about what is different in Transformers.
  /// - Throws: `ExportError`, before any file is written, if Transformers has no such network or tokenizer.
  package func write(_ model: ModelFile, _ tokenizer: any Tokenizer, name: String) throws -> [String] {
    let network = try ArceeNetwork(model.weights)
    let huggingFace = HuggingFaceTokenizer(tokenizer, endsTexts: false)
    guard let tokenizerJSON = huggingFace.json else {
      throw ExportError("Hugging Face's tokenizers package", cannotSplitLike: tokenizer)
    }
    try folder.make()
    try folder.write(description(of: model), to: "config.json")
    try folder.write(tokenizerJSON, to: "tokenizer.json")
    try folder.write(tokenizerConfiguration(huggingFace, network), to: "tokenizer_config.json")
    try folder.write(generation(of: network, unsampled: tokenizer.unsampled), to: "generation_config.json")
    try folder.write(network.tensors.map { Tensor(name: $0.part.name, shape: $0.shape, values: $0.values) })
    try folder.write(ModelCard(of: model, name: name).bytes, keepingChanged: "README.md")
    return [huggingFace.note].compactMap(\.self)
  }

  private func description(of model: ModelFile) -> JSON {
    var json = ArceeDescription.json(of: model.configuration)
    json["swiftlet"] = ["tokenizer": model.tokenizer.json, "training": .object(model.training)]
    return .object(json)
  }

  private func tokenizerConfiguration(_ tokenizer: HuggingFaceTokenizer, _ network: ArceeNetwork) -> JSON {
    let boundary = JSON.string(tokenizer.boundary)
    return [
      "tokenizer_class": "PreTrainedTokenizerFast", "bos_token": boundary, "eos_token": boundary,
      "pad_token": boundary, "model_max_length": .integer(network.configuration.context),
      "model_input_names": ["input_ids", "attention_mask"], "clean_up_tokenization_spaces": false,
    ]
  }

  private func generation(of network: ArceeNetwork, unsampled: Set<TokenID>) -> JSON {
    let boundary = JSON.integer(network.configuration.boundary)
    var json: JSON.Object = [
      "bos_token_id": boundary, "eos_token_id": boundary, "pad_token_id": boundary, "do_sample": true,
      "temperature": .real(SamplingOptions.defaultTemperature), "top_k": 0, "top_p": .real(1.0),
      // The boundary before the text, and as many tokens as the context has.
      "max_length": .integer(network.configuration.context + 1),
    ]
    if !unsampled.isEmpty { json["suppress_tokens"] = .array(unsampled.sorted().map { .integer($0) }) }
    return .object(json)
  }
}

// MARK: Reading

extension TransformersFolder {
  /// Reads the model in this folder, with the weights in the safetensors file `weights` if it is given.
  ///
  /// Its embeddings are not the exported ones to the bit, because the export normalizes them; the results are the same.
  package func read(weights: String? = nil) throws -> ModelFile {
    let (configuration, tokenizer, training) = try described()
    let path = weights ?? folder.file("model.safetensors")
    let parts = ArceeTensor.Part.all(in: configuration)
    let wanted = parts.map { (name: $0.name, shape: $0.shape(in: configuration)) }
    let values = try SafetensorsFile(InputFile(path)).floats(of: wanted)
    let tensors = zip(zip(parts, wanted), values).map { ArceeTensor(part: $0.0, shape: $0.1.shape, values: $1) }
    let network: Weights
    do throws(ExportError) { network = try ArceeNetwork.weights(tensors, configuration) } catch {
      throw ExportError("\(path) does not make a model: \(error)")
    }
    return try ModelFile(weights: network, tokenizer: tokenizer, training: ["imported": training], from: path)
  }

  /// The network, the tokenizer and the history of the model, as `config.json` has them.
  private func described() throws -> (Configuration, tokenizer: JSON.Object, training: JSON) {
    let description = try folder.description()
    do throws(JSONError) {
      let configuration = try ArceeDescription.configuration(description)
      let own = try description.object("swiftlet")
      try own.refuseMembers(otherThan: ["tokenizer", "training"])
      return (configuration, try own.object("tokenizer"), .object(try own.object("training")))
    } catch {
      throw ExportError(
        "\(folder.file("config.json")) is not of a folder that swiftlet export --format transformers wrote: \(error)")
    }
  }
}

extension ArceeTensor.Part {
  /// The name in Transformers.
  fileprivate var name: String {
    switch self {
    case .embeddings: "model.embed_tokens.weight"
    case .finalNorm: "model.norm.weight"
    case .output: "lm_head.weight"
    case .layer(let layer, let part): "model.layers.\(layer).\(part.name).weight"
    }
  }
}

extension ArceeTensor.LayerPart {
  fileprivate var name: String {
    switch self {
    case .attentionNorm: "input_layernorm"
    case .query: "self_attn.q_proj"
    case .key: "self_attn.k_proj"
    case .value: "self_attn.v_proj"
    case .attentionOutput: "self_attn.o_proj"
    case .hiddenNorm: "post_attention_layernorm"
    case .up: "mlp.up_proj"
    case .down: "mlp.down_proj"
    }
  }
}
