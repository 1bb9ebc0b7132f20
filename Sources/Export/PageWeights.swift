import HTML
import Inference
import ModelFiles
import Support
import SwiftletKit
import Tokenization

/// The number of bits of each weight in a page.
package enum Precision: Int, Sendable, CaseIterable {
  case half = 16
  case single = 32
}

/// A model's weights as a page stores them: all tensors in order, row by row, little-endian.
struct PageWeights {
  let precision: Precision
  /// The change of the loss by rounding to 16 bits, in nats per token; `nil` if the weights are not rounded.
  let lossDifference: Double?
  let bytes: [UInt8]

  /// Models of up to a megabyte are not rounded, so that the page generates the same texts as the tool. Larger ones are
  /// rounded to half their size if that changes their loss by less than `negligibleLoss`.
  private static let smallCount = 250_000
  private static let negligibleLoss = 0.001

  init(of model: Model, _ requested: Precision?) throws {
    let count = model.configuration.parameterCount
    if requested == .single || requested == nil && count <= Self.smallCount {
      self.init(all: model)
    } else if let half = try Self(rounding: model), requested == .half || half.isAsGood {
      self = half
    } else if requested == nil {
      self.init(all: model)
    } else {
      throw ExportError("the model's weights are too large for 16 bits; use --precision 32.")
    }
  }

  private init(all model: Model) {
    precision = .single
    lossDifference = nil
    bytes = littleEndian(model.file.weights.tensors.joined().map(\.bitPattern))
  }

  /// Returns `nil` if a weight is too large for 16 bits.
  private init?(rounding model: Model) throws {
    guard let rounded = model.roundedToHalf else { return nil }
    precision = .half
    lossDifference = try Self.lossDifference(of: rounded, from: model)
    bytes = littleEndian(rounded.file.weights.tensors.joined().map { Float16($0).bitPattern })
  }

  private var isAsGood: Bool { (lossDifference ?? 0).magnitude < Self.negligibleLoss }

  /// Returns by how many nats per token `other` is worse than `model`, on texts that `model` generates.
  private static func lossDifference(of other: Model, from model: Model) throws -> Double {
    let texts = try model.samples(0..<200, options: SamplingOptions(temperature: 1))
    let tokens = texts.reduce(0) { $0 + $1.tokens.count + 1 }
    return (other.nats(of: texts).reduce(0, +) - model.nats(of: texts).reduce(0, +)) / Double(tokens)
  }
}

extension Model {
  /// This model with all weights rounded to 16 bits; `nil` if one is too large for them.
  package var roundedToHalf: Model? {
    var file = file
    for tensor in file.weights.tensors.indices {
      file.weights.tensors[tensor] = file.weights.tensors[tensor].map { Float(Float16($0)) }
      guard file.weights.tensors[tensor].allSatisfy(\.isFinite) else { return nil }
    }
    return try? Model(file)
  }
}
