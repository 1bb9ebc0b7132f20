/// A network: its shape and the size of its vocabulary.
public struct Configuration: Sendable, Equatable {
  /// The sizes of the network.
  public private(set) var shape: ModelShape
  /// The number of tokens including the boundary, which is the last.
  public let vocabulary: Int

  /// - Throws: `ConfigurationError` if a size is out of range, or the heads do not divide the embedding.
  public init(_ shape: ModelShape, vocabulary: Int) throws(ConfigurationError) {
    self.shape = shape
    self.vocabulary = vocabulary
    try check()
  }

  /// - Throws: `ConfigurationError` if a size is out of range, or the heads do not divide the embedding.
  public init(
    layers: Int, embedding: Int, heads: Int, context: Int, vocabulary: Int, activation: Activation = .relu,
    positions: Positions = .learned, finalNorm: Bool = false, bigrams: Int = 0, trigrams: Int = 0, cutoffs: [Int] = []
  ) throws(ConfigurationError) {
    var shape = ModelShape()
    (shape.layers, shape.embedding, shape.heads, shape.context) = (layers, embedding, heads, context)
    (shape.activation, shape.positions, shape.finalNorm) = (activation, positions, finalNorm)
    (shape.bigrams, shape.trigrams, shape.cutoffs) = (bigrams, trigrams, cutoffs)
    try self.init(shape, vocabulary: vocabulary)
  }

  /// The configuration that a page has inside, which was checked when it was written.
  package init(unchecked shape: ModelShape, vocabulary: Int) {
    self.shape = shape
    self.vocabulary = vocabulary
  }

  /// The number of transformer layers.
  public var layers: Int { shape.layers }
  /// The width of the residual stream.
  public var embedding: Int { shape.embedding }
  /// The number of attention heads in each layer; they divide `embedding`.
  public var heads: Int { shape.heads }
  /// The most tokens that the model attends to at once.
  public var context: Int { shape.context }
  /// The nonlinearity of the feed-forward layers.
  public var activation: Activation { shape.activation }
  /// The way in which the network knows the position of a token.
  public var positions: Positions { shape.positions }
  /// True if the residual stream is normalized once more before the output layer.
  public var finalNorm: Bool { shape.finalNorm }
  /// The number of rows of the bigram table; 0 for no table.
  public var bigrams: Int { shape.bigrams }
  /// The number of rows of the trigram table; 0 for no table.
  public var trigrams: Int { shape.trigrams }
  /// The classes at which the output layer's clusters of rarer tokens begin; empty for the full softmax.
  public var cutoffs: [Int] { shape.cutoffs }

  /// The width of one attention head.
  public var headSize: Int { embedding / heads }

  /// The width of the feed-forward layer.
  public var hidden: Int { 4 * embedding }

  package var ngramTables: [NGramTable] {
    [(2, bigrams), (3, trigrams)].filter { $0.1 > 0 }.map { NGramTable(length: $0, rows: $1, vocabulary: vocabulary) }
  }

  package var boundary: Int32 { Int32(vocabulary - 1) }

  /// The number of weights.
  public var parameterCount: Int { tensors.reduce(0) { $0 + $1.count } }

  /// The number of networks of these sizes whose probabilities the model averages.
  public var members: Int { shape.members }

  /// The configuration of each of the networks.
  package var member: Configuration {
    var member = self
    member.shape.members = 1
    return member
  }

  /// Every tensor of the model, shaped [out, in], in the order of files and of random initialization. Those of the
  /// networks after the first have the prefixes `member1.`, `member2.` and so on.
  package var tensors: [TensorShape] {
    let tensors = tensorsOfMember
    return tensors
      + (1..<max(1, members)).flatMap { member in
        tensors.map { TensorShape(name: "member\(member).\($0.name)", rows: $0.rows, columns: $0.columns) }
      }
  }

  private var tensorsOfMember: [TensorShape] {
    var tensors = [TensorShape(name: "wte", rows: vocabulary, columns: embedding)]
    if positions == .learned { tensors.append(TensorShape(name: "wpe", rows: context, columns: embedding)) }
    tensors.append(TensorShape(name: "lm_head", rows: headCount, columns: embedding))
    for (index, cluster) in (adaptiveSoftmax?.clusters ?? []).enumerated() {
      tensors.append(TensorShape(name: "lm_tail\(index)_projection", rows: cluster.width, columns: embedding))
      tensors.append(TensorShape(name: "lm_tail\(index)", rows: cluster.classes.count, columns: cluster.width))
    }
    for layer in 0..<layers {
      for name in ["attn_wq", "attn_wk", "attn_wv", "attn_wo"] {
        tensors.append(TensorShape(name: "layer\(layer).\(name)", rows: embedding, columns: embedding))
      }
      tensors.append(TensorShape(name: "layer\(layer).mlp_fc1", rows: hidden, columns: embedding))
      tensors.append(TensorShape(name: "layer\(layer).mlp_fc2", rows: embedding, columns: hidden))
    }
    for table in ngramTables {
      let name = table.length == 2 ? "wte_bigrams" : "wte_trigrams"
      tensors.append(TensorShape(name: name, rows: table.rows, columns: embedding))
    }
    return tensors
  }

  private func check() throws(ConfigurationError) {
    try shape.check()
    try ConfigurationError.check(vocabulary, of: "vocabulary", in: 2...16_777_216)
    if let last = cutoffs.last, last >= vocabulary {
      throw ConfigurationError("a cutoff is \(last); it must be below the size of the vocabulary, \(vocabulary).")
    }
    // In 64 bits, which `Int` may not have.
    let count = tensors.reduce(Int64(0)) { $0 + Int64($1.rows) * Int64($1.columns) }
    // 2³², or fewer where their bytes would not fit an `Int`.
    let limit = min(Int64(1) << 32, Int64(Int.max / MemoryLayout<Float>.stride))
    guard count <= limit else {
      throw ConfigurationError("these sizes make \(count) parameters; the limit is \(limit).")
    }
  }
}

/// One named matrix of a model: `rows` outputs by `columns` inputs.
package struct TensorShape: Sendable, Equatable {
  package let name: String
  package let rows: Int
  package let columns: Int

  package init(name: String, rows: Int, columns: Int) {
    self.name = name
    self.rows = rows
    self.columns = columns
  }

  package var count: Int { rows * columns }
}

/// The reason why there is no model of these sizes, as a sentence with the numbers.
public struct ConfigurationError: Error, Equatable, CustomStringConvertible {
  public let description: String

  /// An error with that sentence.
  public init(_ description: String) { self.description = description }

  static func check(_ value: Int, of name: String, in range: ClosedRange<Int>) throws(ConfigurationError) {
    guard range.contains(value) else {
      throw ConfigurationError("\(name) is \(value); it must be from \(range.lowerBound) to \(range.upperBound).")
    }
  }
}
