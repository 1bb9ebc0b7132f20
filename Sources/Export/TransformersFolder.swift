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
/// - `generation_config.json` samples from the model's own probabilities, up to its context.
package struct TransformersFolder: Sendable {
  private let folder: ExportFolder

  package init(_ path: String) { folder = ExportFolder(path: path) }

  /// True if there is no such folder, if it is empty, or if it holds a model that was exported to it.
  package var isFree: Bool { folder.isFree { $0["swiftlet"] != nil && $0["model_type"]?.string == Self.modelType } }

  private static let modelType = "arcee"

  /// Writes all files, each atomically.
  ///
  /// - Returns: Sentences for the user about what is different in Transformers.
  /// - Throws: `ExportError`, before any file is written, if Transformers has no such network or tokenizer.
  package func write(_ model: ModelFile, _ tokenizer: any Tokenizer) throws -> [String] {
    let network = try ArceeNetwork(model.weights)
    let huggingFace = HuggingFaceTokenizer(tokenizer, endsTexts: false)
    guard let tokenizerJSON = huggingFace.json else {
      throw ExportError(
        "Hugging Face's tokenizers package cannot split text as this model's \(model.tokenizer.name) tokenizer does. "
          + "Train the model with --tokenizer character or bpe, or use --format pytorch.")
    }
    try folder.make()
    try folder.write(configuration(of: network, training: model.training), to: "config.json")
    try folder.write(tokenizerJSON, to: "tokenizer.json")
    try folder.write(tokenizerConfiguration(huggingFace, network), to: "tokenizer_config.json")
    try folder.write(generation(of: network, unsampled: tokenizer.unsampled), to: "generation_config.json")
    try folder.write(network.tensors.map { Tensor(name: $0.part.name, shape: $0.shape, values: $0.values) })
    return [huggingFace.note].compactMap(\.self)
  }

  private func configuration(of network: ArceeNetwork, training: JSON.Object) -> JSON {
    let configuration = network.configuration
    let boundary = JSON.integer(configuration.boundary)
    return [
      "architectures": ["ArceeForCausalLM"], "model_type": .string(Self.modelType), "dtype": "float32",
      "vocab_size": .integer(configuration.vocabulary), "hidden_size": .integer(configuration.embedding),
      "intermediate_size": .integer(configuration.hidden), "num_hidden_layers": .integer(configuration.layers),
      "num_attention_heads": .integer(configuration.heads), "num_key_value_heads": .integer(configuration.heads),
      "head_dim": .integer(configuration.headSize), "hidden_act": "relu2",
      "max_position_embeddings": .integer(configuration.context), "rms_norm_eps": .real(ArceeNetwork.epsilon),
      // The name in releases before 5, and the one since.
      "rope_theta": .real(ArceeNetwork.rotaryBase),
      "rope_parameters": ["rope_type": "default", "rope_theta": .real(ArceeNetwork.rotaryBase)],
      "attention_bias": false, "attention_dropout": 0, "mlp_bias": false, "tie_word_embeddings": false,
      "bos_token_id": boundary, "eos_token_id": boundary, "pad_token_id": boundary,
      "swiftlet": ["training": .object(training)],
    ]
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
