import HTML
import Inference
import ModelFiles
import Support
import SwiftletKit
import Tokenization

/// How many bits each of the numbers in a page has.
package enum Precision: Int, Sendable, CaseIterable {
  case half = 16
  case single = 32
}

/// A model's numbers as a page holds them: all tensors in turn, row by row, little-endian.
struct PageNumbers {
  let precision: Precision
  /// By how much the loss of the model changes when its numbers are rounded to 16 bits, in nats per token; `nil` where they are not.
  let lossDifference: Double?
  let bytes: [UInt8]

  /// Models of up to a megabyte are kept as they are, so that the page writes the same texts as the tool; larger ones are rounded to
  /// half the size if that changes their loss by less than anybody could see.
  private static let smallCount = 250_000
  private static let negligibleLoss = 0.001

  init(of model: Model, _ wish: Precision?) throws {
    let count = model.configuration.parameterCount
    if wish == .single || wish == nil && count <= Self.smallCount {
      self.init(all: model)
    } else if let half = try Self(rounding: model), wish == .half || half.isAsGood {
      self = half
    } else if wish == nil {
      self.init(all: model)
    } else {
      throw PlaygroundError("the model's numbers are too large for 16 bits; use --precision 32.")
    }
  }

  private init(all model: Model) {
    precision = .single
    lossDifference = nil
    bytes = littleEndian(model.file.weights.tensors.joined().map(\.bitPattern))
  }

  /// `nil` when a number is too large for 16 bits.
  private init?(rounding model: Model) throws {
    guard let rounded = model.roundedToHalf else { return nil }
    precision = .half
    lossDifference = try Self.lossDifference(of: rounded, from: model)
    bytes = littleEndian(rounded.file.weights.tensors.joined().map { Float16($0).bitPattern })
  }

  private var isAsGood: Bool { (lossDifference ?? 0).magnitude < Self.negligibleLoss }

  /// By how many nats per token `other` is worse than `model` on texts that `model` writes, which are its own idea of text.
  private static func lossDifference(of other: Model, from model: Model) throws -> Double {
    let texts = try model.samples(0..<200, SamplingOptions(temperature: 1))
    let tokens = texts.reduce(0) { $0 + $1.tokens.count + 1 }
    return (other.nats(of: texts).reduce(0, +) - model.nats(of: texts).reduce(0, +)) / Double(tokens)
  }
}

extension Model {
  /// This model with every number rounded to 16 bits; `nil` when one is too large for them.
  package var roundedToHalf: Model? {
    var file = file
    for tensor in file.weights.tensors.indices {
      file.weights.tensors[tensor] = file.weights.tensors[tensor].map { Float(Float16($0)) }
      guard file.weights.tensors[tensor].allSatisfy(\.isFinite) else { return nil }
    }
    return try? Model(file)
  }
}
