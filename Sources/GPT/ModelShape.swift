import Support

/// The sizes of a network without its vocabulary, which the tokenizer decides. The defaults are microgpt's.
///
/// A new field is a property here and a line in `fields`. Model files, recipes, their checks and fine-tuning follow.
public struct ModelShape: Sendable, Equatable {
  /// The number of transformer layers.
  public var layers = 1
  /// The width of the residual stream.
  public var embedding = 16
  /// The number of attention heads in each layer; they divide `embedding`.
  public var heads = 4
  /// The most tokens that the model attends to at once.
  public var context = 16
  /// The nonlinearity of the feed-forward layers.
  public var activation = Activation.relu
  /// The way in which the network knows the position of a token.
  public var positions = Positions.learned
  /// True if the residual stream is normalized once more before the output layer.
  public var finalNorm = false
  /// The number of rows of the bigram table; 0 for no table.
  public var bigrams = 0
  /// The number of rows of the trigram table; 0 for no table.
  public var trigrams = 0
  /// The classes at which the output layer's clusters of rarer tokens begin, ascending; empty for the full softmax.
  public var cutoffs: [Int] = []
  /// The number of networks of these sizes whose probabilities the model averages.
  public var members = 1

  /// microgpt's sizes.
  public init() {}
}

/// The nonlinearity of the feed-forward layer.
public enum Activation: String, Sendable, CaseIterable {
  /// max(0, x), as in microgpt.
  case relu
  /// max(0, x)², which reaches a lower loss in as many steps.
  case squaredRelu = "squared-relu"
}

/// The way in which the network knows the position of a token.
public enum Positions: String, Sendable, CaseIterable {
  /// An embedding for each position, added to the token's, as in microgpt.
  case learned
  /// Rotary positions: attention rotates queries and keys by angles that grow with the position. There are no weights.
  case rotary
}

extension ModelShape {
  /// A property of a shape, under the name that files, recipes and options give it.
  package struct Field: Sendable {
    package enum Kind: Sendable {
      case size(Access<ModelShape, Int>, ClosedRange<Int>)
      case activation(Access<ModelShape, Activation>)
      case positions(Access<ModelShape, Positions>)
      case flag(Access<ModelShape, Bool>)
      case ascending(Access<ModelShape, [Int]>)
    }

    package let name: String
    package let kind: Kind
    /// True if model files leave the field out where it has its default value.
    package let isOptional: Bool
    /// True if recipes do too.
    package let isOptionalInRecipes: Bool

    fileprivate init(_ name: String, _ kind: Kind, isOptional: Bool = false, isOptionalInRecipes: Bool = false) {
      self.name = name
      self.kind = kind
      self.isOptional = isOptional
      self.isOptionalInRecipes = isOptionalInRecipes
    }
  }

  /// Every field, in the order of files. The upper limits bound what a model file can make a reader allocate.
  package static let fields = [
    Field("layers", .size({ $1(&$0.layers) }, 1...64)),
    Field("embedding", .size({ $1(&$0.embedding) }, 1...16_384)),
    Field("heads", .size({ $1(&$0.heads) }, 1...1024)),
    Field("context", .size({ $1(&$0.context) }, 2...65_536)),
    Field("activation", .activation({ $1(&$0.activation) }), isOptional: true),
    Field("positions", .positions({ $1(&$0.positions) }), isOptional: true),
    Field("final-norm", .flag({ $1(&$0.finalNorm) }), isOptional: true),
    Field("bigrams", .size({ $1(&$0.bigrams) }, 0...16_777_216), isOptional: true),
    Field("trigrams", .size({ $1(&$0.trigrams) }, 0...16_777_216), isOptional: true),
    Field("cutoffs", .ascending({ $1(&$0.cutoffs) }), isOptional: true, isOptionalInRecipes: true),
    Field("members", .size({ $1(&$0.members) }, 1...mostMembers), isOptional: true, isOptionalInRecipes: true),
  ]

  /// The most networks of a model.
  package static let mostMembers = 16

  /// Refuses sizes that are out of range or do not go together.
  func check() throws(ConfigurationError) {
    for field in Self.fields {
      guard case .size(let access, let range) = field.kind else { continue }
      try ConfigurationError.check(value(of: self, access), of: field.name, in: range)
    }
    guard embedding.isMultiple(of: heads) else {
      let nearest = (1...heads).last { embedding.isMultiple(of: $0) } ?? 1
      throw ConfigurationError(
        "\(heads) heads do not divide an embedding of \(embedding): use \(nearest) heads, or an embedding of "
          + "\((embedding / heads + 1) * heads).")
    }
    try checkCutoffs()
    guard positions == .learned || (embedding / heads).isMultiple(of: 2) else { throw oddHeadSize }
  }

  private func checkCutoffs() throws(ConfigurationError) {
    guard cutoffs.count <= Self.mostClusters else {
      throw ConfigurationError("there are \(cutoffs.count) cutoffs; there must be at most \(Self.mostClusters).")
    }
    var least = 1
    for cutoff in cutoffs {
      guard cutoff >= least else {
        throw ConfigurationError("a cutoff is \(cutoff); it must be \(least) or more, above the one before.")
      }
      least = cutoff + 1
    }
  }

  /// The most clusters of an adaptive softmax.
  static let mostClusters = 6

  /// Rotary positions rotate pairs of a head's elements.
  private var oddHeadSize: ConfigurationError {
    let evenWidth = "an embedding of \((embedding / (2 * heads) + 1) * 2 * heads)"
    let nearest = (1...heads).last { embedding.isMultiple(of: 2 * $0) }
    return ConfigurationError(
      "rotary positions need heads of an even size, and \(heads) of an embedding of \(embedding) have "
        + "\(embedding / heads): use \(nearest.map { "\($0) heads, " } ?? "")\(evenWidth), or learned positions.")
  }
}
