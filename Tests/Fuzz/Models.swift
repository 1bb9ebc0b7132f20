import Files
import ModelFiles
import StrictJSON
import SwiftletKit

@testable import Inference
@testable import ModelFiles
@testable import Support
@testable import Tokenization
@testable import TrainingEngine

extension Fuzz {
  /// A safetensors file must be refused with its own error, or each of its bytes must belong to a part of it.
  static func tensors(_ input: [UInt8]) {
    let bytes = file(input)
    do {
      let file = try SafetensorsFile(InputFile(bytes, named: "x"))
      var end = 0
      for tensor in file.tensors {
        require(tensor.range.lowerBound == end, "a gap or an overlap before \(tensor)")
        require(tensor.shape.contains(0) || 8 * tensor.range.count == bits(of: tensor), "another size than \(tensor)")
        end = tensor.range.upperBound
        if tensor.type == .f32 {
          let count = try file.floats(of: tensor).count
          require(4 * count == tensor.range.count, "\(count) numbers in \(tensor)")
        }
      }
      let header = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
      require(8 + header + end == bytes.count, "bytes that belong to nothing")
    } catch {
      require(error is ModelError, "\(error)")
    }
  }

  private static func bits(of tensor: TensorEntry) -> Int { tensor.shape.reduce(tensor.type.bits, *) }

  /// A model must be refused with its own error, or generate and score texts.
  static func model(_ input: [UInt8]) {
    let model: Model
    do {
      let file = try ModelFile(InputFile(file(input), named: "x"))
      require(file.weights.tensors.allSatisfy { $0.allSatisfy(\.isFinite) }, "numbers that are none")
      require(file.configuration.vocabulary == file.tokenizer.vocabulary.count + 1, "two vocabularies")
      model = try Model(file)
    } catch {
      require(error is ModelError || error is TokenizerError, "\(error)")
      return
    }
    guard model.configuration.context <= 64 else { return }
    do {
      let samples = try model.samples(0..<2, options: SamplingOptions(temperature: 1, seed: 1))
      for sample in samples {
        require(sample.tokens.allSatisfy(model.tokenizer.vocabulary.indices.contains), "a token that is none")
      }
      require(model.nats(of: samples).count == 2, "a sample without a score")
    } catch {
      // Finite weights can have results that are not finite.
      require(error is SamplingError || error is TokenizerError, "\(error)")
    }
  }

  /// Returns the input itself or, if it begins like a header, a file with this header. The length before it and the
  /// number of zeros after it, up to a limit, then match the header, so that changed headers stay readable.
  private static func file(_ input: [UInt8]) -> [UInt8] {
    guard input.first == UInt8(ascii: "{") else { return input }
    let length = (0..<8).map { UInt8(truncatingIfNeeded: input.count >> (8 * $0)) }
    let members = (try? JSON(parsing: input.span))?.object?.members ?? []
    let ends = members.compactMap { $0.value.object?["data_offsets"]?.array?.last?.number?.integer(as: Int.self) }
    return length + input + Array(repeating: 0, count: min(max(0, ends.max() ?? 0), 1 << 16))
  }
}
