/// The sizes that make one model different from another.
public struct Configuration: Sendable, Equatable {
  /// The number of transformer layers.
  public let layers: Int
  /// The width of the residual stream.
  public let embedding: Int
  /// The number of attention heads in each layer; they divide `embedding`.
  public let heads: Int
  /// The longest run of tokens that the model sees at once.
  public let context: Int
  /// The number of tokens, the boundary included: the boundary is the last.
  public let vocabulary: Int
  /// What stands between the two matrices of the feed-forward layer.
  public let activation: Activation
  /// The number of rows of the bigram table; 0 is no table.
  public let bigrams: Int
  /// The number of rows of the trigram table; 0 is no table.
  public let trigrams: Int

  /// Checks the sizes.
  ///
  /// - Throws: An error if a size is out of range, or the heads do not divide the embedding.
  public init(
    layers: Int, embedding: Int, heads: Int, context: Int, vocabulary: Int, activation: Activation = .relu,
    bigrams: Int = 0, trigrams: Int = 0
  ) throws(ConfigurationError) {
    self.layers = layers
    self.embedding = embedding
    self.heads = heads
    self.context = context
    self.vocabulary = vocabulary
    self.activation = activation
    self.bigrams = bigrams
    self.trigrams = trigrams
    try check()
  }

  /// The width that one attention head reads.
  public var headSize: Int { embedding / heads }

  /// The width of the feed-forward layer.
  public var hidden: Int { 4 * embedding }

  package var ngramTables: [NGramTable] {
    [(2, bigrams), (3, trigrams)].filter { $0.1 > 0 }.map { NGramTable(length: $0, rows: $1, vocabulary: vocabulary) }
  }

  package var boundary: Int32 { Int32(vocabulary - 1) }

  /// The number of weights.
  public var parameterCount: Int { tensors.reduce(0) { $0 + $1.count } }

  /// Every tensor of the model, in the order in which seeds and files run through them, shaped [out, in].
  package var tensors: [TensorShape] {
    var tensors = [
      TensorShape(name: "wte", rows: vocabulary, columns: embedding),
      TensorShape(name: "wpe", rows: context, columns: embedding),
      TensorShape(name: "lm_head", rows: vocabulary, columns: embedding),
    ]
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

  /// Limits that no use on one machine reaches; they bound what a model file can make a reader allocate.
  private func check() throws(ConfigurationError) {
    for (name, value, range) in [
      ("layers", layers, 1...64), ("embedding", embedding, 1...16_384), ("heads", heads, 1...1024),
      ("context", context, 2...65_536), ("vocabulary", vocabulary, 2...16_777_216),
      ("bigrams", bigrams, 0...16_777_216), ("trigrams", trigrams, 0...16_777_216),
    ] where !range.contains(value) {
      throw ConfigurationError("\(name) is \(value); it must be from \(range.lowerBound) to \(range.upperBound).")
    }
    guard embedding.isMultiple(of: heads) else {
      let nearest = (1...heads).last { embedding.isMultiple(of: $0) } ?? 1
      throw ConfigurationError(
        "\(heads) heads do not divide an embedding of \(embedding): use \(nearest) heads, or an embedding of "
          + "\((embedding / heads + 1) * heads).")
    }
    guard parameterCount <= 1 << 32 else {
      throw ConfigurationError("these sizes make \(parameterCount) parameters; the limit is \(1 << 32).")
    }
  }
}

/// A function of one number, of which a network needs one that is no line.
public enum Activation: String, Sendable, CaseIterable {
  /// max(0, x), as in microgpt.
  case relu
  /// Its square, which learns more from as many steps.
  case squaredRelu = "squared-relu"
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

/// Why a model of these sizes cannot be: a sentence with the numbers.
public struct ConfigurationError: Error, Equatable, CustomStringConvertible {
  public let description: String

  /// An error with that sentence.
  public init(_ description: String) { self.description = description }
}
