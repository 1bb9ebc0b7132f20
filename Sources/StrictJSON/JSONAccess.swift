extension JSON {
  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  package var number: Number? { if case .number(let value) = self { value } else { nil } }
  package var string: String? { if case .string(let value) = self { value } else { nil } }
  package var array: [JSON]? { if case .array(let value) = self { value } else { nil } }
  package var object: Object? { if case .object(let value) = self { value } else { nil } }
}

/// Required members of one kind:
///
///     let layers: Int = try configuration.integer("layers")  // or: "layers" must be a whole number, not a string.
extension JSON.Object {
  package func bool(_ key: String) throws(JSONError) -> Bool {
    try member(key, "true or false") { $0.bool }
  }

  /// The case of an enumeration whose raw value is the string.
  package func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, of _: Choice.Type = Choice.self
  ) throws(JSONError) -> Choice {
    let value = try string(key)
    guard let choice = Choice(rawValue: value) else {
      let names = Choice.allCases.map { $0.rawValue }.joined(separator: ", ")
      throw JSONError("\(JSON.quoted(key)) is \(JSON.quoted(value)); it must be one of \(names)")
    }
    return choice
  }

  package func string(_ key: String) throws(JSONError) -> String {
    try member(key, "a string") { $0.string }
  }

  package func double(_ key: String) throws(JSONError) -> Double {
    try member(key, "a number") { $0.number }.double
  }

  package func integer<Integer: FixedWidthInteger>(
    _ key: String, as type: Integer.Type = Int.self
  ) throws(JSONError) -> Integer {
    let number = try member(key, "a whole number") { $0.number }
    guard let integer = number.integer(as: type) else {
      throw JSONError(
        "\(JSON.quoted(key)) is \(number.digits); it must be a whole number from \(Integer.min) to \(Integer.max)")
    }
    return integer
  }

  package func array(_ key: String) throws(JSONError) -> [JSON] {
    try member(key, "an array") { $0.array }
  }

  package func object(_ key: String) throws(JSONError) -> JSON.Object {
    try member(key, "an object") { $0.object }
  }

  /// Refuses unknown members: a strict reader ignores nothing that may have a meaning.
  package func refuseMembers(otherThan known: [String]) throws(JSONError) {
    for member in members where !known.contains(where: { $0.utf8.elementsEqual(member.key.utf8) }) {
      throw JSONError("\(JSON.quoted(member.key)) is not a known member")
    }
  }

  private func member<Value>(_ key: String, _ expected: String, _ read: (JSON) -> Value?) throws(JSONError) -> Value {
    guard let value = self[key] else { throw JSONError("\(JSON.quoted(key)) is missing") }
    guard let result = read(value) else {
      throw JSONError("\(JSON.quoted(key)) must be \(expected), not \(value.kind)")
    }
    return result
  }
}
