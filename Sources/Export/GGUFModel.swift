import Files
import GPT
import ModelFiles
import StrictJSON
import Tokenization

/// The type of the matrices in a file for llama.cpp, under its name there.
package enum WeightType: String, Sendable, CaseIterable {
  case single = "f32"
  case half = "f16"
  /// Eight bits and a part of a scale for each number.
  case quantized = "q8_0"

  /// The number of the format for a file whose matrices have this type.
  fileprivate var fileType: Int {
    switch self {
    case .single: 0
    case .half: 1
    case .quantized: 7
    }
  }
}

/// A model as a file for llama.cpp and the programs that contain it, as `swiftlet export --format gguf` writes it.
///
/// The network is llama.cpp's `arcee`, and the tokenizer one of those that llama.cpp has (see `GGUFTokenizer`).
package struct GGUFModel: Sendable {
  /// Sentences for the user about what is different in llama.cpp.
  package let notes: [String]
  fileprivate let file: GGUFFile

  /// - Throws: `ExportError` if llama.cpp has no such network or tokenizer, or the type does not suit the weights.
  package init(
    of model: ModelFile, _ tokenizer: any Tokenizer, name: String, type: WeightType
  ) throws(ExportError) {
    let network = try ArceeNetwork(model.weights)
    if type == .quantized { try Self.checkBlocks(of: network.configuration) }
    let tokenizer = try GGUFTokenizer(tokenizer)
    notes = tokenizer.notes
    let tensors = try network.tensors.map { tensor throws(ExportError) in
      try GGUFFile.Tensor(tensor, headSize: network.configuration.headSize, type)
    }
    file = GGUFFile(
      Self.general(name, model.training, type) + Self.sizes(of: network.configuration) + tokenizer.values, tensors)
  }

  /// The size of the file in bytes.
  package var byteCount: Int { file.byteCount }

  /// The key of the provenance. It is the second, so that the first bytes of a file tell who wrote it.
  package static let provenanceKey = "swiftlet.training"

  /// Rows of a quantized matrix consist of whole blocks.
  private static func checkBlocks(of configuration: Configuration) throws(ExportError) {
    let size = QuantizedBlocks.size
    guard !configuration.embedding.isMultiple(of: size) else { return }
    throw ExportError(
      "llama.cpp quantizes \(size) numbers of a row together, and this model's hidden size is "
        + "\(configuration.embedding). Use --type f16, or train the model with --embedding "
        + "\((configuration.embedding / size + 1) * size).")
  }

  private static func general(
    _ name: String, _ training: JSON.Object, _ type: WeightType
  ) -> [(String, GGUFFile.Value)] {
    [
      ("general.architecture", .text("arcee")), (provenanceKey, .text(JSON.object(training).description)),
      ("general.type", .text("model")), ("general.name", .text(name)),
      ("general.file_type", .count(type.fileType)),
    ]
  }

  private static func sizes(of configuration: Configuration) -> [(String, GGUFFile.Value)] {
    let values: [(String, GGUFFile.Value)] = [
      ("vocab_size", .count(configuration.vocabulary)), ("context_length", .count(configuration.context)),
      ("embedding_length", .count(configuration.embedding)), ("block_count", .count(configuration.layers)),
      ("feed_forward_length", .count(configuration.hidden)), ("attention.head_count", .count(configuration.heads)),
      ("attention.head_count_kv", .count(configuration.heads)),
      ("attention.layer_norm_rms_epsilon", .real(ArceeNetwork.epsilon)),
      ("rope.dimension_count", .count(configuration.headSize)), ("rope.freq_base", .real(ArceeNetwork.rotaryBase)),
    ]
    return values.map { ("arcee.\($0)", $1) }
  }
}

extension ByteSink where Self: ~Copyable {
  package func write(_ model: GGUFModel) throws(FileError) { try write(model.file) }
}

extension GGUFFile.Tensor {
  /// A tensor of the network. Vectors keep 32 bits, as llama.cpp demands.
  fileprivate init(_ tensor: ArceeTensor, headSize: Int, _ type: WeightType) throws(ExportError) {
    var values = tensor.values
    if case .layer(_, let part) = tensor.part, part == .query || part == .key {
      values = Self.pairingNeighbors(values, headSize: headSize)
    }
    guard let values = Values(values, tensor.shape.count == 2 ? type : .single) else {
      throw ExportError("the model's weights are too large for 16 bits; use --type f32.")
    }
    self.init(name: tensor.part.name, shape: tensor.shape, values: values)
  }

  /// Returns the rows of a square matrix in another order. Rotary positions rotate element `i` of a head together with
  /// `i + headSize / 2` in Swiftlet, and with its neighbor in llama.cpp.
  private static func pairingNeighbors(_ values: [Float], headSize: Int) -> [Float] {
    let width = Int(Double(values.count).squareRoot())
    var result: [Float] = []
    result.reserveCapacity(values.count)
    for row in 0..<width {
      let (head, element) = row.quotientAndRemainder(dividingBy: headSize)
      let source = head * headSize + element / 2 + (element.isMultiple(of: 2) ? 0 : headSize / 2)
      result += values[source * width..<(source + 1) * width]
    }
    return result
  }
}

extension GGUFFile.Tensor.Values {
  /// Returns `nil` if a number is too large for the type.
  fileprivate init?(_ values: [Float], _ type: WeightType) {
    switch type {
    case .single:
      self = .floats(values)
    case .half:
      let halves = values.map { Float16($0) }
      guard halves.allSatisfy(\.isFinite) else { return nil }
      self = .halves(halves.map(\.bitPattern))
    case .quantized:
      guard let blocks = QuantizedBlocks(values) else { return nil }
      self = .blocks(blocks)
    }
  }
}

extension ArceeTensor.Part {
  /// The name in llama.cpp.
  fileprivate var name: String {
    switch self {
    case .embeddings: "token_embd.weight"
    case .finalNorm: "output_norm.weight"
    case .output: "output.weight"
    case .layer(let layer, let part): "blk.\(layer).\(part.name).weight"
    }
  }
}

extension ArceeTensor.LayerPart {
  fileprivate var name: String {
    switch self {
    case .attentionNorm: "attn_norm"
    case .query: "attn_q"
    case .key: "attn_k"
    case .value: "attn_v"
    case .attentionOutput: "attn_output"
    case .hiddenNorm: "ffn_norm"
    case .up: "ffn_up"
    case .down: "ffn_down"
    }
  }
}
