import StrictJSON

/// Coded as an object with the names of the options: `{"layers": 2, "learning-rate": 0.005, …}`.
///
///     let data = try JSONEncoder().encode(Recipe.microgpt)
///     let recipe = try JSONDecoder().decode(Recipe.self, from: data)
///
/// A decoder must have every setting and no other.
extension Recipe: Codable {
  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Encodes every setting under the name of its option.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Name.self)
    for member in json.members {
      let name = Name(stringValue: member.key)
      if let number = member.value.number {
        if let integer = number.integer(as: Int64.self) {
          try container.encode(integer, forKey: name)
        } else if let integer = number.integer(as: UInt64.self) {
          try container.encode(integer, forKey: name)
        } else {
          try container.encode(number.double, forKey: name)
        }
      } else if let isOn = member.value.bool {
        try container.encode(isOn, forKey: name)
      } else if let text = member.value.string {
        try container.encode(text, forKey: name)
      } else if let numbers = member.value.array {
        try container.encode(numbers.compactMap { $0.number?.integer(as: Int64.self) }, forKey: name)
      } else {
        try container.encodeNil(forKey: name)
      }
    }
  }

  /// - Throws: `DecodingError` with a sentence for a missing, an unknown or a wrong setting.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    var object = JSON.Object()
    for name in container.allKeys { object[name.stringValue] = try Self.value(of: name, in: container) }
    do {
      try self.init(object)
    } catch {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "This is no recipe: \(error)"))
    }
  }

  private static func value(of name: Name, in container: KeyedDecodingContainer<Name>) throws -> JSON {
    if try container.decodeNil(forKey: name) { return .null }
    if let integer = try? container.decode(Int64.self, forKey: name) { return .integer(integer) }
    if let integer = try? container.decode(UInt64.self, forKey: name) { return .integer(integer) }
    if let number = try? container.decode(Double.self, forKey: name) { return .real(number) }
    if let isOn = try? container.decode(Bool.self, forKey: name) { return .bool(isOn) }
    if let numbers = try? container.decode([Int64].self, forKey: name) {
      return .array(numbers.map { .integer($0) })
    }
    return .string(try container.decode(String.self, forKey: name))
  }
}
