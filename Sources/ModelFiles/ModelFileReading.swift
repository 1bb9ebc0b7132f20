import Files
import GPT
import NGrams
import StrictJSON
import Tokenization

extension ModelFile {
  /// Reads a model file.
  ///
  /// No tensor is read before the names, types and shapes of all tensors have been compared with the configuration.
  package init(_ input: InputFile) throws(ReadingError) {
    let file = try SafetensorsFile(input)
    let plan = try Self.located(in: file) { () throws(ModelProblem) in try Plan(of: file) }
    try self.init(file, plan)
    let model = self
    try Self.located(in: file) { () throws(ModelProblem) in try model.check() }
  }

  /// Calls `body`, and names the file where it finds a defect.
  fileprivate static func located<Result>(
    in file: SafetensorsFile, _ body: () throws(ModelProblem) -> Result
  ) throws(ModelError) -> Result {
    do { return try body() } catch {
      let kind = file.metadata[Key.formatVersion.rawValue] == nil ? "a Swiftlet model" : "a usable Swiftlet model"
      throw ModelError("\(file.path) is not \(kind): \(error.sentence)")
    }
  }

  /// Reads the tensors at their places.
  private init(_ file: SafetensorsFile, _ plan: Plan) throws(ReadingError) {
    var parts: [Weights] = []
    for place in plan.places {
      var tensors: [[Float]] = []
      for entry in place { tensors.append(try file.weights(of: entry)) }
      parts.append(Weights(plan.configuration, tensors: tensors))
    }
    weights = parts[0]
    moments = plan.isCheckpoint ? Moments(first: parts[1], second: parts[2]) : nil
    best = plan.hasBest ? parts.last : nil
    (tokenizer, training, notes) = (plan.tokenizer, plan.training, plan.notes)
    let hashes: [Int64]? = if let entry = plan.documents { try file.integers(of: entry) } else { nil }
    let tables = try plan.memory?.tables(in: file)
    documents = try Self.located(in: file) { () throws(ModelProblem) in
      guard let hashes else { return nil }
      guard let documents = DocumentFingerprints(hashes: hashes) else {
        throw ModelProblem("its tensor \(Self.documentsName) does not ascend.")
      }
      return documents
    }
    memory = try Self.located(in: file) { () throws(ModelProblem) in
      guard let tables, let memory = plan.memory else { return nil }
      return try memory.mixed(tables)
    }
  }

  /// The contents of a file before its tensors are read.
  private struct Plan {
    let configuration: Configuration
    let tokenizer: TokenizerDescription
    let training: JSON.Object
    var notes: JSON.Object
    let isCheckpoint: Bool
    let hasBest: Bool
    let documents: TensorEntry?
    let memory: MemoryTensors.Plan?
    /// The tensors of each part in the configuration's order.
    let places: [[TensorEntry]]

    init(of file: SafetensorsFile) throws(ModelProblem) {
      try checkVersion(file.metadata)
      configuration = try Configuration(json(.configuration, of: file.metadata))
      tokenizer = try TokenizerDescription(json(.tokenizer, of: file.metadata))
      training = try json(.training, of: file.metadata)
      notes = file.metadata
      for key in Key.allCases { notes[key.rawValue] = nil }

      isCheckpoint = file.tensors.contains { $0.name.hasPrefix("adam.") }
      hasBest = file.tensors.contains { $0.name.hasPrefix(Part.best.rawValue) }
      documents = try ModelFile.documents(in: file.tensors)
      memory = try MemoryTensors.Plan(of: file, vocabulary: configuration.vocabulary)
      let parts = [.weights] + (isCheckpoint ? [.first, .second] : []) + (hasBest ? [Part.best] : [])
      let tensors = file.tensors.filter { $0.name != documentsName && !MemoryTensors.contains($0.name) }
      places = try ModelFile.places(of: parts, in: tensors, configuration)
    }
  }

  fileprivate static func documents(in entries: [TensorEntry]) throws(ModelProblem) -> TensorEntry? {
    guard let entry = entries.first(where: { $0.name == documentsName }) else { return nil }
    guard entry.type == .i64, entry.shape.count == 1 else {
      throw ModelProblem(
        "its tensor \(documentsName) is \(entry.type.rawValue) shaped \(entry.shape), and must be a list of I64.")
    }
    return entry
  }

  fileprivate static func checkVersion(_ metadata: JSON.Object) throws(ModelProblem) {
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
  static func places(
    of parts: [Part], in entries: [TensorEntry], _ configuration: Configuration
  ) throws(ModelProblem) -> [[TensorEntry]] {
    let wanted = parts.flatMap { part in
      configuration.tensors.map { (name: part.rawValue + $0.name, shape: [$0.rows, $0.columns]) }
    }
    let found = try Self.entries(wanted, in: entries)
    let count = configuration.tensors.count
    return parts.indices.map { Array(found[$0 * count..<($0 + 1) * count]) }
  }

  /// The F32 tensors of these names and shapes. Missing and additional tensors are errors.
  static func entries(
    _ wanted: [(name: String, shape: [Int])], in entries: [TensorEntry]
  ) throws(ModelProblem) -> [TensorEntry] {
    var rest: [String: TensorEntry] = [:]
    for entry in entries { rest[entry.name] = entry }
    var found: [TensorEntry] = []
    for (name, shape) in wanted {
      guard let entry = rest.removeValue(forKey: name) else { throw ModelProblem("its tensor \(name) is missing.") }
      guard entry.type == .f32 || entry.type == .f16 else {
        throw ModelProblem("its tensor \(name) holds \(entry.type.rawValue), not F32.")
      }
      guard entry.shape == shape else {
        throw ModelProblem("its tensor \(name) is shaped \(entry.shape), and its configuration demands \(shape).")
      }
      found.append(entry)
    }
    if let stranger = rest.keys.min() {
      throw ModelProblem("its tensor \(JSON.quoted(stranger)) belongs to no such model.")
    }
    return found
  }
}
