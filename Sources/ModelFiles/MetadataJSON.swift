import GPT
import StrictJSON
import Tokenization

extension Configuration {
  /// The configuration in the metadata of a model file.
  package var json: JSON {
    var object = JSON.Object()
    for (name, value) in [
      ("layers", layers), ("embedding", embedding), ("heads", heads), ("context", context), ("vocabulary", vocabulary),
    ] { object[name] = .integer(value) }
    // The defaults are those of microgpt and are left out.
    if activation != .relu { object["activation"] = .string(activation.rawValue) }
    if bigrams > 0 { object["bigrams"] = .integer(bigrams) }
    if trigrams > 0 { object["trigrams"] = .integer(trigrams) }
    return .object(object)
  }

  /// Refuses unknown members: they may describe another network.
  init(_ object: JSON.Object) throws(ModelProblem) {
    do {
      try object.refuseMembers(otherThan: [
        "layers", "embedding", "heads", "context", "vocabulary", "activation", "bigrams", "trigrams",
      ])
      try self.init(
        layers: object.integer("layers"), embedding: object.integer("embedding"), heads: object.integer("heads"),
        context: object.integer("context"), vocabulary: object.integer("vocabulary"),
        activation: object["activation"] == nil ? .relu : object.choice("activation"),
        bigrams: object["bigrams"] == nil ? 0 : object.integer("bigrams"),
        trigrams: object["trigrams"] == nil ? 0 : object.integer("trigrams"))
    } catch {
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
