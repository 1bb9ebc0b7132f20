import GPT
import StrictJSON
import Support
import Tokenization

extension ModelShape.Field {
  /// The field of `shape`, as files hold it.
  package func json(of shape: ModelShape) -> JSON {
    switch kind {
    case .size(let access, _): .integer(value(of: shape, access))
    case .activation(let access): .string(value(of: shape, access).rawValue)
    case .positions(let access): .string(value(of: shape, access).rawValue)
    case .flag(let access): .bool(value(of: shape, access))
    case .ascending(let access): .array(value(of: shape, access).map { .integer($0) })
    }
  }

  /// Sets the field of `shape` to the value in `object`.
  package func read(_ object: JSON.Object, into shape: inout ModelShape) throws(JSONError) {
    switch kind {
    case .size(let access, _):
      let size: Int = try object.integer(name)
      access(&shape) { $0 = size }
    case .activation(let access):
      let activation: Activation = try object.choice(name)
      access(&shape) { $0 = activation }
    case .positions(let access):
      let positions: Positions = try object.choice(name)
      access(&shape) { $0 = positions }
    case .flag(let access):
      let isOn = try object.bool(name)
      access(&shape) { $0 = isOn }
    case .ascending(let access):
      var numbers: [Int] = []
      for element in try object.array(name) {
        guard let number = element.number?.integer(as: Int.self) else {
          throw JSONError("\(JSON.quoted(name)) must hold whole numbers alone")
        }
        numbers.append(number)
      }
      access(&shape) { $0 = numbers }
    }
  }
}

extension Configuration {
  /// The configuration as model files hold it: optional fields only where they differ from microgpt's.
  package var json: JSON {
    var object = JSON.Object()
    for field in ModelShape.fields where !field.isOptional { object[field.name] = field.json(of: shape) }
    object["vocabulary"] = .integer(vocabulary)
    for field in ModelShape.fields where field.isOptional {
      let value = field.json(of: shape)
      if value != field.json(of: ModelShape()) { object[field.name] = value }
    }
    return .object(object)
  }

  /// Refuses unknown members: they may describe another network.
  init(_ object: JSON.Object) throws(ModelProblem) {
    var shape = ModelShape()
    let vocabulary: Int
    do throws(JSONError) {
      try object.refuseMembers(otherThan: ModelShape.fields.map { $0.name } + ["vocabulary"])
      for field in ModelShape.fields where !field.isOptional || object[field.name] != nil {
        try field.read(object, into: &shape)
      }
      vocabulary = try object.integer("vocabulary")
    } catch {
      throw ModelProblem("its configuration: \(error)")
    }
    do throws(ConfigurationError) { try self.init(shape, vocabulary: vocabulary) } catch {
      throw ModelProblem("its configuration: \(error)")
    }
  }
}

extension TokenizerDescription {
  /// The tokenizer in the metadata of a model file: tokens are strings or, if they are not UTF-8, arrays of bytes.
  package var json: JSON {
    let settings = settings.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    var object = JSON.Object()
    for (key, value) in settings { object[key] = .string(value) }
    return [
      "name": .string(name), "version": .integer(version), "settings": .object(object),
      "vocabulary": .array((0..<TokenID(vocabulary.count)).map { Self.json(vocabulary[$0]) }),
    ]
  }

  init(_ object: JSON.Object) throws(ModelProblem) {
    do throws(JSONError) {
      try object.refuseMembers(otherThan: ["name", "version", "settings", "vocabulary"])
      self.init(
        name: try object.string("name"), version: try object.integer("version"),
        settings: try Self.settings(try object.object("settings")),
        vocabulary: try Self.vocabulary(try object.array("vocabulary")))
    } catch {
      throw ModelProblem("its tokenizer: \(error)")
    }
  }

  private static func settings(_ object: JSON.Object) throws(JSONError) -> [String: String] {
    var settings: [String: String] = [:]
    for member in object.members {
      guard let value = member.value.string else {
        throw JSONError("its setting \(JSON.quoted(member.key)) must be a string")
      }
      settings[member.key] = value
    }
    guard settings.count == object.members.count else { throw JSONError("two of its settings have one name") }
    return settings
  }

  private static func vocabulary(_ entries: [JSON]) throws(JSONError) -> Vocabulary {
    var vocabulary = Vocabulary()
    for (id, entry) in entries.enumerated() {
      guard let token = bytes(entry) else {
        throw JSONError("token \(id) must be a string, or an array of bytes from 0 to 255")
      }
      guard vocabulary.append(token.span) != nil else {
        throw JSONError("token \(id), \(JSON.quoted(String(decoding: token, as: UTF8.self))), occurs twice")
      }
    }
    return vocabulary
  }

  private static func bytes(_ entry: JSON) -> [UInt8]? {
    switch entry {
    case .string(let text): return Array(text.utf8)
    case .array(let numbers):
      let bytes = numbers.compactMap { $0.number?.integer(as: UInt8.self) }
      return bytes.count == numbers.count ? bytes : nil
    default: return nil
    }
  }

  private static func json(_ token: Span<UInt8>) -> JSON {
    if let text = try? UTF8Span(validating: token) { return .string(String(copying: text)) }
    return .array(token.indices.map { .integer(token[$0]) })
  }
}
