import GPT
import Inference
import ModelFiles
import NGrams
import StrictJSON
import Support
import Tokenization

/// A model as a page has it inside: the file of the model with weights of 16 or 32 bits, and a shorter list of the
/// training texts.
package struct PageModel: Sendable {
  package let title: String
  /// The model. Its list of training texts is `known` instead.
  package let file: ModelFile
  package let known: KnownTexts?
  package let precision: Precision
  /// The change of the loss by rounding to 16 bits, in nats per token; `nil` if the weights are not rounded.
  package let lossDifference: Double?

  /// Models of up to a megabyte are not rounded, so that the page generates the same texts as the tool. Larger ones are
  /// rounded to half their size if that changes their loss by less than `negligibleLoss`.
  private static let smallCount = 250_000
  private static let negligibleLoss = 0.001

  /// - Parameters:
  ///   - unsampled: The tokens that the model's tokenizer never samples.
  ///   - requested: The number of bits; `nil` to choose it.
  package init(
    of model: ModelFile, unsampled: Set<TokenID>, title: String, precision requested: Precision?
  ) throws(PageModelError) {
    self.title = title
    known = model.documents.map { KnownTexts($0) }
    var file = model
    (file.documents, file.moments, file.best) = (nil, nil, nil)
    if requested == .single || requested == nil && model.configuration.parameterCount <= Self.smallCount {
      (self.file, precision, lossDifference) = (file, .single, nil)
      return
    }
    guard let rounded = file.roundedToHalf else {
      guard requested == nil else {
        throw PageModelError("the model's weights are too large for 16 bits; use --precision 32.")
      }
      (self.file, precision, lossDifference) = (file, .single, nil)
      return
    }
    let difference: Double
    do throws(SamplingError) {
      difference = try Self.lossDifference(of: rounded, from: file, unsampled)
    } catch {
      throw PageModelError(error.description)
    }
    let isRounded = requested == .half || difference.magnitude < Self.negligibleLoss
    (self.file, precision, lossDifference) = isRounded ? (rounded, .half, difference) : (file, .single, nil)
  }

  /// Returns by how many nats per token `other` is worse than `model`, on texts that `model` generates.
  private static func lossDifference(
    of other: ModelFile, from model: ModelFile, _ unsampled: Set<TokenID>
  ) throws(SamplingError) -> Double {
    let network = LanguageModel(model.weights, model.memory)
    let request = GenerationRequest(
      SamplingOptions(temperature: 1), after: model.lineBreakBeforeTexts, forbidden: unsampled)
    let sequences = try network.generate(0..<200, request)
    var texts: [[TokenID]] = []
    for index in 0..<sequences.count {
      let sequence = sequences[index]
      texts.append(sequence.indices.map { sequence[$0] })
    }
    /// The losses of all tokens that were sampled, the ends that a full context prevented excepted.
    func nats(of network: LanguageModel) -> Double {
      network.nats(of: texts).enumerated().reduce(0) { sum, text in
        sum + text.element.total
          - (sequences.ending(of: text.offset) == .boundary ? 0 : Double(text.element.each.last ?? 0))
      }
    }
    let tokens = texts.reduce(0) { $0 + $1.count + 1 }
    return (nats(of: LanguageModel(other.weights, other.memory)) - nats(of: network)) / Double(tokens)
  }
}

// MARK: The model in the page's HTML

extension PageModel {
  /// The elements that a page has inside: the facts that it shows, and what it computes with.
  package func elements() throws(ModelError) -> [UInt8] {
    try file.check(for: title)
    let facts = modelFacts(
      of: file, title: title, precision, lossDifference: lossDifference, texts: known?.count, hashBits: 32)
    return Self.element("facts", "application/json", facts.bytes(safeInHTML: true))
      + Self.element("model", "application/octet-stream", denseText(contents))
  }

  private static func element(_ id: String, _ type: String, _ text: [UInt8]) -> [UInt8] {
    Array("<script type=\"\(type)\" id=\"\(id)\">".utf8) + text + Array("</script>\n".utf8)
  }
}

/// Returns the facts about a model that a page shows.
package func modelFacts(
  of file: ModelFile, title: String, _ precision: Precision = .single, lossDifference: Double? = nil, texts: Int?,
  hashBits: Int = 64
) -> JSON {
  var settings = JSON.Object()
  for name in file.tokenizer.settings.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
    settings[name] = file.tokenizer.settings[name].map { .string($0) }
  }
  return [
    "title": .string(title), "parameters": .integer(file.configuration.parameterCount),
    "configuration": file.configuration.json, "tokenizer": .string(file.tokenizer.name),
    "settings": .object(settings), "training": .object(file.training), "precision": .integer(precision.rawValue),
    "lossDifference": lossDifference.map { .real($0) } ?? .null, "texts": texts.map { .integer($0) } ?? .null,
    "hashBits": .integer(hashBits), "memoryShare": file.memory.map { .real($0.mixture.share) } ?? .null,
  ]
}

/// The reason why a model cannot be put into a page, as a sentence.
package struct PageModelError: Error {
  package let description: String

  init(_ description: String) { self.description = description }
}
