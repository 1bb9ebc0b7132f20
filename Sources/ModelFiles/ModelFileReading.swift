import Files
import GPT
import StrictJSON
import Tokenization

extension ModelFile {
  /// Reads a model file.
  ///
  /// No tensor is read before the names, types and shapes of all tensors have been compared with the configuration.
  ///
  /// - Throws: `FileError` or `ModelError`.
  package init(contentsOf path: String) throws {
    try self.init(InputFile(path))
  }

  package init(_ input: InputFile) throws {
    let file = try SafetensorsFile(input)
    do {
      try self.init(file)
      try check()
    } catch let problem as ModelProblem {
      let kind = file.metadata[Key.formatVersion.rawValue] == nil ? "a Swiftlet model" : "a usable Swiftlet model"
      throw ModelError("\(input.path) is not \(kind): \(problem.sentence)")
    }
  }

  /// A model with weights from another program's safetensors file, whose tensors have the names of
  /// `Configuration.tensors`.
  ///
  /// - Parameter description: The rest of the model, in the members `configuration` and `tokenizer`.
  package init(weightsIn path: String, _ description: JSON.Object, training: JSON.Object) throws {
    let file = try SafetensorsFile(InputFile(path))
    do {
      let configuration = try Configuration(description.object("configuration"))
      let places = try Self.places(of: [.weights], in: file.tensors, configuration)
      self.init(
        weights: try Weights(configuration, tensors: places[0].map(file.floats)),
        tokenizer: try TokenizerDescription(description.object("tokenizer")), training: training)
      try check()
    } catch let problem as ModelProblem {
      throw ModelError("\(path) does not make a model: \(problem.sentence)")
    } catch let error as JSONError {
      throw ModelError("\(path) does not make a model: in its description \(error).")
    }
  }

  private init(_ file: SafetensorsFile) throws {
    try Self.checkVersion(file.metadata)
    let configuration = try Configuration(Self.json(.configuration, of: file.metadata))
    tokenizer = try TokenizerDescription(Self.json(.tokenizer, of: file.metadata))
    training = try Self.json(.training, of: file.metadata)
    notes = file.metadata
    for key in Key.allCases { notes[key.rawValue] = nil }

    let names = file.tensors.map(\.name)
    let isCheckpoint = names.contains { $0.hasPrefix("adam.") }
    let hasBest = names.contains { $0.hasPrefix(Part.best.rawValue) }
    let parts = [.weights] + (isCheckpoint ? [.first, .second] : []) + (hasBest ? [Part.best] : [])
    documents = try Self.documents(in: file)
    memory = try MemoryTensors.read(file, vocabulary: configuration.vocabulary)
    let tensors = file.tensors.filter { $0.name != Self.documentsName && !MemoryTensors.contains($0.name) }
    let places = try Self.places(of: parts, in: tensors, configuration)
    let read = try places.map { try Weights(configuration, tensors: $0.map(file.floats)) }
    weights = read[0]
    moments = isCheckpoint ? Moments(first: read[1], second: read[2]) : nil
    best = hasBest ? read.last : nil
  }

  private static func documents(in file: SafetensorsFile) throws -> DocumentFingerprints? {
    guard let entry = file.tensors.first(where: { $0.name == documentsName }) else { return nil }
    guard entry.type == .i64, entry.shape.count == 1 else {
      throw ModelProblem(
        "its tensor \(documentsName) is \(entry.type.rawValue) shaped \(entry.shape), and must be a list of I64.")
    }
    guard let documents = DocumentFingerprints(hashes: try file.integers(of: entry)) else {
      throw ModelProblem("its tensor \(documentsName) does not ascend.")
    }
    return documents
  }

  private static func checkVersion(_ metadata: JSON.Object) throws(ModelProblem) {
    let key = Key.formatVersion.rawValue
    guard let version = metadata[key]?.string else {
      throw ModelProblem("it has no \(key).")
    }
    guard let number = Int(version), number > 0, version == "\(number)" else {
      throw ModelProblem("its \(key) is \(JSON.quoted(version)), which is no version.")
    }
    guard number == formatVersion else {
      let remedy = number < formatVersion ? "train the model again" : "a newer swiftlet is needed"
      throw ModelProblem("its format is \(number), and this swiftlet reads format \(formatVersion); \(remedy).")
    }
  }

  /// The JSON text of a member of `__metadata__`.
  static func json(_ key: Key, of metadata: JSON.Object) throws(ModelProblem) -> JSON.Object {
    do throws(JSONError) {
      let value = try JSON(parsing: try metadata.string(key.rawValue))
      guard let object = value.object else { throw JSONError("it must be an object, not \(value.kind)") }
      return object
    } catch {
      throw ModelProblem("its \(key.rawValue): \(error)")
    }
  }

  /// The tensors of each part in the configuration's order. Missing and additional tensors are errors.
  private static func places(
    of parts: [Part], in entries: [TensorEntry], _ configuration: Configuration
  ) throws(ModelProblem) -> [[TensorEntry]] {
    var rest: [String: TensorEntry] = [:]
    for entry in entries { rest[entry.name] = entry }
    var places: [[TensorEntry]] = []
    for part in parts {
      var place: [TensorEntry] = []
      for tensor in configuration.tensors {
        let name = part.rawValue + tensor.name
        guard let entry = rest.removeValue(forKey: name) else { throw ModelProblem("its tensor \(name) is missing.") }
        guard entry.type == .f32 else {
          throw ModelProblem("its tensor \(name) holds \(entry.type.rawValue), not F32.")
        }
        guard entry.shape == [tensor.rows, tensor.columns] else {
          throw ModelProblem(
            "its tensor \(name) is shaped \(entry.shape), and its configuration demands \([tensor.rows, tensor.columns])."
          )
        }
        place.append(entry)
      }
      places.append(place)
    }
    if let stranger = rest.keys.min() {
      throw ModelProblem("its tensor \(JSON.quoted(stranger)) belongs to no such model.")
    }
    return places
  }
}
