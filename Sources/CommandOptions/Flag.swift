/// Something on or off: `--quiet`.
@propertyWrapper
public final class Flag: Declared {
  public private(set) var wrappedValue = false
  private let help: String

  public init(help: String) { self.help = help }

  func parameter(property: String) -> Parameter {
    Parameter(
      kind: .flag, name: "--" + property.kebabCased, valueName: "", choices: [], limits: nil, fallback: nil,
      isRepeating: false, isRequired: false, help: help)
  }

  func accept(_ text: String) throws(Refusal) { wrappedValue = true }
}
