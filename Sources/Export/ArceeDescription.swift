import GPT
import StrictJSON

/// An Arcee network as Transformers describes it in `config.json`.
enum ArceeDescription {
  static let modelType = "arcee"

  /// The members of the description.
  static func json(of configuration: Configuration) -> JSON.Object {
    let boundary = JSON.integer(configuration.boundary)
    return [
      "architectures": ["ArceeForCausalLM"], "model_type": .string(modelType), "dtype": "float32",
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
    ]
  }

  /// Reads the network from a description that `json(of:)` made, also after Transformers has saved it.
  ///
  /// Every member must have the value that belongs to the sizes, so that no other network is taken for one of ours.
  static func configuration(_ description: JSON.Object) throws(JSONError) -> Configuration {
    try description.refuseMembers(otherThan: json(of: smallest()).members.map(\.key) + withoutEffect)
    let configuration = try network(description)
    for member in json(of: configuration).members {
      guard let value = description[member.key] else {
        if member.key == renamed { continue }
        throw JSONError("\(JSON.quoted(member.key)) is missing")
      }
      guard isSame(value, member.value) else {
        throw JSONError("\(JSON.quoted(member.key)) is \(value), and its sizes demand \(member.value)")
      }
    }
    return configuration
  }

  /// The member that newer releases of Transformers do not write.
  private static let renamed = "rope_theta"

  /// The members that do not change what a network computes.
  private static let withoutEffect = [
    "swiftlet", "transformers_version", "_name_or_path", "use_cache", "initializer_range",
  ]

  private static func network(_ description: JSON.Object) throws(JSONError) -> Configuration {
    var shape = portable
    shape.layers = try description.integer("num_hidden_layers")
    shape.embedding = try description.integer("hidden_size")
    shape.heads = try description.integer("num_attention_heads")
    shape.context = try description.integer("max_position_embeddings")
    return try checked(shape, vocabulary: description.integer("vocab_size"))
  }

  private static func smallest() throws(JSONError) -> Configuration { try checked(portable, vocabulary: 2) }

  private static func checked(_ shape: ModelShape, vocabulary: Int) throws(JSONError) -> Configuration {
    do throws(ConfigurationError) { return try Configuration(shape, vocabulary: vocabulary) } catch {
      throw JSONError(String(error.description.dropLast()))
    }
  }

  /// The form of network that an Arcee network can have.
  private static var portable: ModelShape {
    var shape = ModelShape()
    (shape.positions, shape.finalNorm, shape.activation) = (.rotary, true, .squaredRelu)
    return shape
  }

  /// Compares numbers by value and objects without regard to order.
  private static func isSame(_ one: JSON, _ other: JSON) -> Bool {
    if let one = one.number, let other = other.number { return one.double == other.double }
    if let one = one.object, let other = other.object {
      return one.members.count == other.members.count
        && one.members.allSatisfy { member in other[member.key].map { isSame(member.value, $0) } == true }
    }
    return one == other
  }
}
