import Support

/// A setting of a kind of tokenizer, with one spelling on the command line and in model files.
public struct TokenizerSetting: Sendable, Equatable {
  /// The values that a setting accepts.
  public enum Values: Sendable, Equatable {
    /// One of these strings.
    case choice([String])
    /// `true` or `false`.
    case flag
    /// A whole number, not below a limit.
    case number(atLeast: Int)
    /// Any text; the associated value is its placeholder in help.
    case text(String)
  }

  /// The name on the command line, without the dashes, and in model files.
  public let name: String
  /// The value of a setting that is not given.
  public let defaultValue: String
  /// The accepted values.
  public let values: Values
  /// One sentence for the command line's help.
  public let help: String

  /// A setting with a default value, which must be one of `values`.
  public init(_ name: String, default defaultValue: String, _ values: Values, help: String) {
    self.name = name
    self.defaultValue = defaultValue
    self.values = values
    self.help = help
  }

  /// The allowed values in words, for help and errors.
  public var allowed: String {
    switch values {
    case .choice(let names): names.joined(separator: ", ")
    case .flag: "true or false"
    case .number(let least): "a whole number, \(least) or more"
    case .text(let placeholder): placeholder
    }
  }

  fileprivate func check(_ value: String) throws(TokenizerError) {
    let possible =
      switch values {
      case .choice(let names): names.contains(value)
      case .flag: value == "true" || value == "false"
      case .number(let least): Int(value).map { $0 >= least } ?? false
      case .text: true
      }
    guard possible else { throw .badSetting(name: name, value: value, remedy: "allowed: \(allowed)") }
  }
}

/// A checked and complete set of settings: the given values, and the default values of the others.
public struct TokenizerSettings: Sendable, Equatable {
  /// The name and the value of a setting.
  package struct Entry: Sendable, Equatable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// In the order in which they were declared. A list is found through faster than a dictionary, and its code is small.
  private var entries: [Entry] = []

  /// All settings as strings, as a model file stores them.
  public var values: [String: String] {
    Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0.value) })
  }

  /// Completes and checks `given`.
  ///
  /// - Throws: An error for a name that is not `declared`, or a value that is not allowed.
  public init(_ given: [String: String], declared: [TokenizerSetting]) throws(TokenizerError) {
    let names = declared.map { $0.name }
    for name in given.keys.sorted() where !names.contains(name) {
      throw .unknownSetting(name: name, remedy: suggestion(for: name, among: names))
    }
    for setting in declared {
      let value = given[setting.name] ?? setting.defaultValue
      try setting.check(value)
      entries.append(Entry(name: setting.name, value: value))
    }
  }

  /// Completes `given`, which was checked before.
  package init(checked given: [Entry], declared: [TokenizerSetting]) {
    for setting in declared {
      let entry = given.first { isEqual($0.name, setting.name) }
      entries.append(Entry(name: setting.name, value: entry?.value ?? setting.defaultValue))
    }
  }

  /// Returns the value of the declared setting `name`.
  public subscript(name: String) -> String {
    guard let entry = entries.first(where: { isEqual($0.name, name) }) else {
      preconditionFailure("the setting \(name) was not declared")
    }
    return entry.value
  }

  /// Returns the value of the declared flag `name`.
  public func flag(_ name: String) -> Bool { isEqual(self[name], "true") }

  /// Returns the value of the declared number `name`.
  public func number(_ name: String) -> Int { Int(self[name]) ?? 0 }

  /// Returns the value of the declared choice `name` as a case of `Choice`, whose raw values are the choices.
  public func choice<Choice: RawRepresentable<String> & CaseIterable>(_ name: String) -> Choice {
    let value = self[name]
    guard let choice = Choice.allCases.first(where: { isEqual($0.rawValue, value) }) else {
      preconditionFailure("the setting \(name) is not a \(Choice.self)")
    }
    return choice
  }
}

/// Returns true if two texts have the same bytes. To compare strings as Swift does takes the tables of Unicode, which
/// pages leave out.
package func isEqual(_ one: String, _ other: String) -> Bool { one.utf8.elementsEqual(other.utf8) }

/// Returns a suggestion for an unknown `name`: the nearest of `names`, if one is similar, and the whole list.
package func suggestion(for name: String, among names: [String]) -> String {
  let list = names.isEmpty ? "there are none to choose from" : "choose from \(names.joined(separator: ", "))"
  return nearest(to: name, among: names).map { "did you mean \($0)? (\(list))" } ?? list
}
