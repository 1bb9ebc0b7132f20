import GPT
import StrictJSON

/// A network in the form that Transformers, vLLM and llama.cpp call Arcee: norms with gains, rotary positions, a
/// squared ReLU, a final norm, no biases.
///
/// Swiftlet's norms have no gains, so the gains are ones. Arcee does not have Swiftlet's norm of the embeddings. Where
/// neither positions nor n-grams are added, that norm depends on the token alone, so that the rows of the embeddings
/// are written with it.
struct ArceeNetwork {
  let configuration: Configuration
  private let matrices: [String: [Float]]

  /// - Throws: `ExportError` if the network has another form.
  init(_ weights: Weights) throws(ExportError) {
    configuration = weights.configuration
    try ExportedNetwork.check(configuration.json)
    try Self.check(configuration.shape)
    let tensors = zip(configuration.tensors.map(\.name), weights.tensors)
    var matrices = Dictionary(tensors) { first, _ in first }
    matrices["wte"] = Self.normalizedRows(of: matrices["wte"] ?? [], width: configuration.embedding)
    self.matrices = matrices
  }

  /// The tensors in the order of the network.
  var tensors: [ArceeTensor] {
    ArceeTensor.Part.all(in: configuration).map { part in
      ArceeTensor(part: part, shape: part.shape(in: configuration), values: values(of: part))
    }
  }

  private func values(of part: ArceeTensor.Part) -> [Float] {
    guard let name = part.nameInSwiftlet else { return Array(repeating: 1, count: configuration.embedding) }
    guard let values = matrices[name] else { preconditionFailure("every network with this shape has \(name)") }
    return values
  }

  /// The weights of the network with these tensors.
  ///
  /// - Throws: `ExportError` if Swiftlet has no such network: if a gain is not 1, or an embedding was not normalized.
  static func weights(_ tensors: [ArceeTensor], _ configuration: Configuration) throws(ExportError) -> Weights {
    var matrices: [String: [Float]] = [:]
    for tensor in tensors {
      if let name = tensor.part.nameInSwiftlet {
        matrices[name] = tensor.values
      } else if tensor.values.contains(where: { $0 != 1 }) {
        throw ExportError("a norm has a gain other than 1. To train on elsewhere, use --format pytorch.")
      }
    }
    matrices["wte"] = try rows(normalizedTo: matrices["wte"] ?? [], width: configuration.embedding)
    return Weights(configuration, tensors: configuration.tensors.map { matrices[$0.name] ?? [] })
  }

  /// Returns each row divided by the root of its mean square, which is computed in double precision.
  private static func normalizedRows(of values: [Float], width: Int) -> [Float] {
    var result = values
    for start in stride(from: 0, to: values.count, by: width) {
      let row = start..<start + width
      let squares = row.reduce(0.0) { $0 + Double(values[$1]) * Double(values[$1]) }
      let scale = 1 / (squares / Double(width) + Self.epsilon).squareRoot()
      for index in row { result[index] = Float(Double(values[index]) * scale) }
    }
    return result
  }

  /// Returns rows that the norm turns into `values`: the inverse of `normalizedRows(of:width:)`.
  ///
  /// - Throws: `ExportError` for a row that no norm gives.
  private static func rows(normalizedTo values: [Float], width: Int) throws(ExportError) -> [Float] {
    var result = values
    for start in stride(from: 0, to: values.count, by: width) {
      let row = start..<start + width
      let meanSquare = row.reduce(0.0) { $0 + Double(values[$1]) * Double(values[$1]) } / Double(width)
      guard meanSquare <= 1 + 1e-6 else {
        throw ExportError(
          "row \(start / width) of its embeddings has a mean square of \(meanSquare), and Swiftlet's norm of embeddings "
            + "gives at most 1. To train on elsewhere, use --format pytorch.")
      }
      // The norm turns a mean square of s into s / (s + epsilon).
      let scale = (Self.epsilon / max(1e-9, 1 - meanSquare)).squareRoot()
      for index in row { result[index] = Float(Double(values[index]) * scale) }
    }
    return result
  }

  /// The number that norms add to the mean square.
  static let epsilon = 1e-5

  /// The angle of rotary positions falls to one part in this number along a head.
  static let rotaryBase = 10_000.0
}

// MARK: Networks of another form

extension ArceeNetwork {
  private static func check(_ shape: ModelShape) throws(ExportError) {
    let obstacles: [(what: String, option: String)] = [
      shape.bigrams > 0 ? ("its bigram table", "--bigrams 0") : nil,
      shape.cutoffs.isEmpty ? nil : ("its adaptive softmax", "--cutoffs none"),
      shape.trigrams > 0 ? ("its trigram table", "--trigrams 0") : nil,
      shape.positions == .learned ? ("its learned positions", "--positions rotary") : nil,
      shape.finalNorm ? nil : ("the missing final norm", "--final-norm"),
      shape.activation == .relu ? ("its ReLU without a square", "--activation squared-relu") : nil,
    ].compactMap(\.self)
    guard !obstacles.isEmpty else { return }
    let names = obstacles.map(\.what)
    let list = (names.count > 1 ? names.dropLast().joined(separator: ", ") + " and " : "") + (names.last ?? "")
    throw ExportError(
      "other programs have no network like this model's, because of \(list). Train the model with "
        + "\(obstacles.map(\.option).joined(separator: " ")), or in short with --portable.")
  }
}

/// A tensor of an Arcee network.
struct ArceeTensor {
  /// The place of a tensor in the network.
  enum Part {
    case embeddings, finalNorm, output
    case layer(Int, LayerPart)
  }

  enum LayerPart: CaseIterable {
    case attentionNorm, query, key, value, attentionOutput, hiddenNorm, up, down
  }

  let part: Part
  let shape: [Int]
  let values: [Float]
}

extension ArceeTensor.Part {
  /// Every tensor in the order of the network.
  static func all(in configuration: Configuration) -> [Self] {
    let layers = (0..<configuration.layers).flatMap { layer in
      ArceeTensor.LayerPart.allCases.map { Self.layer(layer, $0) }
    }
    return [.embeddings] + layers + [.finalNorm, .output]
  }

  /// Rows and columns, or the number of gains of a norm.
  func shape(in configuration: Configuration) -> [Int] {
    guard let name = nameInSwiftlet, let tensor = configuration.tensors.first(where: { $0.name == name }) else {
      return [configuration.embedding]
    }
    return [tensor.rows, tensor.columns]
  }

  /// The name in Swiftlet's files; `nil` for the gains of a norm, which they do not have.
  fileprivate var nameInSwiftlet: String? {
    switch self {
    case .embeddings: "wte"
    case .output: "lm_head"
    case .finalNorm: nil
    case .layer(let layer, let part): part.nameInSwiftlet.map { "layer\(layer).\($0)" }
    }
  }
}

extension ArceeTensor.LayerPart {
  fileprivate var nameInSwiftlet: String? {
    switch self {
    case .attentionNorm, .hiddenNorm: nil
    case .query: "attn_wq"
    case .key: "attn_wk"
    case .value: "attn_wv"
    case .attentionOutput: "attn_wo"
    case .up: "mlp_fc1"
    case .down: "mlp_fc2"
    }
  }
}
