import Files
import GPT
import Inference
import ModelFiles
import NGrams
import PageModel
import StrictJSON
import Support
import Tokenization

/// A model to write with.
package final class TrainedModel {
  let file: ModelFile
  let tokenizer: KnownTokenizer
  let network: LanguageModel
  private let title: String
  private let precision: Precision
  private let lossDifference: Double?
  /// The training texts, if a page's model has them instead of its file.
  private let known: KnownTexts?
  /// The attention of the text that was read last.
  var attention: AttentionLog?

  package convenience init(_ file: ModelFile, _ tokenizer: KnownTokenizer) {
    self.init(file, tokenizer, title: "model", .single, lossDifference: nil, known: nil)
  }

  private init(
    _ file: ModelFile, _ tokenizer: KnownTokenizer, title: String, _ precision: Precision, lossDifference: Double?,
    known: KnownTexts?
  ) {
    self.file = file
    self.tokenizer = tokenizer
    (self.title, self.precision, self.lossDifference, self.known) = (title, precision, lossDifference, known)
    network = LanguageModel(file.weights, file.memory)
  }

  /// Reads a model file whose bytes are in memory.
  convenience init(_ bytes: [UInt8], named name: String) throws(PageError) {
    let file = try Self.file(bytes, named: name)
    self.init(file, try Self.tokenizer(of: file), title: name, .single, lossDifference: nil, known: nil)
  }

  /// Reads the model that a page has inside, as `PageModel` writes it.
  convenience init(page json: JSON.Object, file: [UInt8], known code: [UInt8]) throws(PageError) {
    let title: String
    let known: KnownTexts?
    do throws(JSONError) {
      title = try json.string("title")
      known =
        if let texts = json["known"]?.object {
          KnownTexts(
            KnownTexts.Code(count: try texts.integer("count"), bits: try texts.integer("bits"), bytes: code))
        } else {
          nil
        }
    } catch {
      throw PageError(error)
    }
    let model = try Self.file(file, named: title)
    self.init(
      model, try Self.tokenizer(of: model), title: title,
      json["precision"]?.number?.integer() == Precision.half.rawValue ? .half : .single,
      lossDifference: json["lossDifference"]?.number?.double, known: known)
  }

  private static func file(_ bytes: [UInt8], named name: String) throws(PageError) -> ModelFile {
    do throws(ModelError) { return try ModelFile(InputFile(bytes, named: name)) } catch { throw PageError(error) }
  }

  private static func tokenizer(of file: ModelFile) throws(PageError) -> KnownTokenizer {
    do throws(TokenizerError) { return try KnownTokenizer(file.tokenizer) } catch { throw PageError(error) }
  }

  /// Returns false for one of the training texts.
  func isNew(_ text: [UInt8]) -> Bool {
    if let documents = file.documents { return !documents.contains(text.span) }
    return known.map { !$0.contains(text.span) } ?? true
  }

  /// The facts about the model that the page shows.
  package var description: JSON {
    var settings = JSON.Object()
    for name in file.tokenizer.settings.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      settings[name] = file.tokenizer.settings[name].map { .string($0) }
    }
    let texts = file.documents?.count ?? known?.count
    return [
      "title": .string(title), "parameters": .integer(file.configuration.parameterCount),
      "configuration": file.configuration.json, "tokenizer": .string(file.tokenizer.name),
      "settings": .object(settings), "training": .object(file.training), "precision": .integer(precision.rawValue),
      "lossDifference": lossDifference.map { .real($0) } ?? .null, "texts": texts.map { .integer($0) } ?? .null,
      "hashBits": .integer(known == nil ? 64 : 32),
      "memoryShare": file.memory.map { .real($0.share) } ?? .null,
      "notes": .array(tokenizer.warnings.map { .string($0) }),
    ]
  }

  /// The bytes of the model file.
  func save() throws(PageError) -> [UInt8] {
    do throws(ModelError) { return try file.bytes(named: "The model") } catch { throw PageError(error) }
  }

  /// The elements that a page with this model has inside.
  func elements(titled title: String) throws(PageError) -> [UInt8] {
    let model: PageModel
    do throws(PageModelError) {
      model = try PageModel(of: file, unsampled: tokenizer.unsampled, title: title, precision: nil)
    } catch {
      throw PageError(error)
    }
    do throws(ModelError) { return try model.elements() } catch { throw PageError(error) }
  }

  /// The embeddings of the first `count` tokens (count, width), as 32-bit floats.
  func embeddings(of count: Int) throws(PageError) -> [UInt8] {
    let width = file.configuration.embedding
    let tensors = zip(file.configuration.tensors, file.weights.tensors)
    guard let values = tensors.first(where: { $0.0.name == "wte" })?.1, (0...values.count / width).contains(count)
    else { throw PageError("There are no embeddings of \(count) tokens.") }
    return floats(Array(values[..<(count * width)]))
  }

  /// The names of the first `count` tokens.
  func names(of count: Int) -> JSON {
    .array((0..<TokenID(min(count, file.configuration.vocabulary))).map { .string(name(of: $0, boundary: "boundary")) })
  }

  /// The name of a token; that of the boundary depends on its place.
  func name(of token: TokenID, boundary: String) -> String {
    token == file.configuration.boundary ? boundary : tokenizer.displayText(of: token)
  }
}

/// Returns the little-endian bytes of `numbers`.
func floats(_ numbers: [Float]) -> [UInt8] {
  let bytes = ByteArray(named: "")
  for number in numbers { bytes.append(number.bitPattern) }
  return bytes.bytes
}
