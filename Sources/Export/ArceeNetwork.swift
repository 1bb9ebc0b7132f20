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
    let layers = (0..<configuration.layers).flatMap { layer in
      ArceeTensor.LayerPart.allCases.map { tensor(.layer(layer, $0)) }
    }
    return [tensor(.embeddings)] + layers + [tensor(.finalNorm), tensor(.output)]
  }

  private func tensor(_ part: ArceeTensor.Part) -> ArceeTensor {
    guard let name = part.nameInSwiftlet else {
      let gains = Array(repeating: Float(1), count: configuration.embedding)
      return ArceeTensor(part: part, shape: [gains.count], values: gains)
    }
    guard let tensor = configuration.tensors.first(where: { $0.name == name }), let values = matrices[name] else {
      preconditionFailure("every network with this shape has \(name)")
    }
    return ArceeTensor(part: part, shape: [tensor.rows, tensor.columns], values: values)
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
