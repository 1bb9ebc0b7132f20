import Support

/// Options from a table instead of properties: the settings of parts that the command does not know individually.
///
///     @NamedOptions(registry.settings) var settings  // ["unit": "byte"] after --unit byte
@propertyWrapper
package final class NamedOptions: DeclaredTable {
  private let values: [NamedValue]

  package init(_ table: [NamedOption]) { values = table.map(NamedValue.init) }

  /// The given values by name, without dashes; `true` for a flag.
  package var wrappedValue: [String: String] {
    var given: [String: String] = [:]
    for value in values { given[value.option.name] = value.given }
    return given
  }

  var declared: [any Declared] { values }
}

/// One option of a table for `NamedOptions`.
package struct NamedOption: Sendable {
  package enum Values: Sendable {
    case choice([String])
    case flag
    case number(atLeast: Int)
    case text(valueName: String)
  }

  let name: String
  let values: Values
  let fallback: String?
  let help: String

  /// Creates an option; `fallback` describes its default.
  package init(_ name: String, _ values: Values, fallback: String? = nil, help: String) {
    self.name = name
    self.values = values
    self.fallback = fallback
    self.help = help
  }
}

extension NamedOption {
  var parameter: Parameter {
    let valueName: String
    var choices: [String] = []
    var limits: String?
    switch values {
    case .choice(let names): (choices, valueName) = (names, names.joined(separator: "|"))
    case .flag: valueName = ""
    case .number(let least): (limits, valueName) = (Limits.atLeast(least).description, Int.valueName)
    case .text(let name): valueName = name
    }
    return Parameter(
      kind: valueName.isEmpty ? .flag : .option, name: "--" + name, valueName: valueName, choices: choices,
      limits: limits, fallback: fallback, isRepeating: false, isRequired: false, help: help)
  }
}

protocol DeclaredTable: AnyObject {
  var declared: [any Declared] { get }
}

private final class NamedValue: Declared {
  let option: NamedOption
  private(set) var given: String?

  init(_ option: NamedOption) { self.option = option }

  func parameter(property: String) -> Parameter { option.parameter }

  func accept(_ text: String) throws(Refusal) {
    switch option.values {
    case .choice(let names):
      guard names.contains(text) else {
        throw Refusal(expectation: "must be \(names.alternatives)", nearest: nearest(to: text, among: names))
      }
      given = text
    case .flag: given = "true"
    case .number(let least):
      given = String(try ValueReader<Int>(one: .atLeast(least), valueName: nil).read(text, nil))
    case .text: given = text
    }
  }
}
