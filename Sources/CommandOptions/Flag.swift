/// Something on or off: `--quiet`.
@propertyWrapper
package final class Flag: Declared {
  package private(set) var wrappedValue = false
  private let help: String

  package init(help: String) { self.help = help }

  func parameter(property: String) -> Parameter {
    Parameter(
      kind: .flag, name: "--" + property.kebabCased, valueName: "", choices: [], limits: nil, fallback: nil,
      isRepeating: false, isRequired: false, help: help)
  }

  func accept(_ text: String) throws(Refusal) { wrappedValue = true }
}
