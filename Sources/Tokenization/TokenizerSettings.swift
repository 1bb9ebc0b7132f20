import Support

/// One choice that a kind of tokenizer offers, spelled alike on the command line and in model files.
public struct TokenizerSetting: Sendable, Equatable {
  /// What may be written for it.
  public enum Values: Sendable, Equatable {
    case choice([String])
    case flag
    case number(atLeast: Int)
    case text(String)
  }

  public let name: String
  /// The value where nobody chose one.
  public let standard: String
  public let values: Values
  /// One sentence for people.
  public let help: String

  public init(_ name: String, standard: String, _ values: Values, help: String) {
    self.name = name
    self.standard = standard
    self.values = values
    self.help = help
  }

  /// The allowed values in words, for help texts and errors.
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

/// A checked and complete set of settings: what was given, and the standard value of everything else.
public struct TokenizerSettings: Sendable, Equatable {
  /// Every setting in writing, as a model file stores them.
  public private(set) var values: [String: String] = [:]

  /// Refuses names that are not `declared`, and values that are not allowed.
  public init(_ given: [String: String], declared: [TokenizerSetting]) throws(TokenizerError) {
    let names = declared.map(\.name)
    for name in given.keys.sorted() where !names.contains(name) {
      throw .unknownSetting(name: name, remedy: suggestion(for: name, among: names))
    }
    for setting in declared {
      let value = given[setting.name] ?? setting.standard
      try setting.check(value)
      values[setting.name] = value
    }
  }

  /// The value of the declared setting `name`.
  public subscript(name: String) -> String {
    guard let value = values[name] else { preconditionFailure("the setting \(name) was not declared") }
    return value
  }

  public func flag(_ name: String) -> Bool { self[name] == "true" }
  public func number(_ name: String) -> Int { Int(self[name]) ?? 0 }

  /// The declared choice `name` as the case of an enumeration whose cases are the choices.
  public func choice<Choice: RawRepresentable<String>>(_ name: String) -> Choice {
    guard let choice = Choice(rawValue: self[name]) else {
      preconditionFailure("the setting \(name) is no \(Choice.self)")
    }
    return choice
  }
}

/// What to try instead of the unknown `name`: the nearest of `names` if one is near, and the whole list.
package func suggestion(for name: String, among names: [String]) -> String {
  let list = names.isEmpty ? "there are none to choose from" : "choose from \(names.joined(separator: ", "))"
  return nearest(to: name, among: names).map { "did you mean \($0)? (\(list))" } ?? list
}
