/// A value given by its position: `CORPUS` in `swiftlet train CORPUS`. An array takes all remaining positions.
@propertyWrapper
package final class Argument<Value>: Declared {
  private let reader: ValueReader<Value>
  private let valueName: String?
  private let help: String
  private let isRequired: Bool
  private var value: Value?

  private init(_ reader: ValueReader<Value>, valueName: String?, value: Value?, isRequired: Bool, help: String) {
    self.reader = reader
    self.valueName = valueName
    self.value = value
    self.isRequired = isRequired
    self.help = help
  }

  /// An argument that must be given.
  package convenience init(valueName: String? = nil, help: String) where Value: ExpressibleByArgument {
    self.init(
      ValueReader(one: nil, valueName: valueName), valueName: valueName, value: nil, isRequired: true, help: help)
  }

  /// An argument that may be left out.
  package convenience init<Element: ExpressibleByArgument>(valueName: String? = nil, help: String)
  where Value == Element? {
    self.init(
      ValueReader(optional: nil, valueName: valueName), valueName: valueName, value: .some(nil), isRequired: false,
      help: help)
  }

  /// At least one argument.
  package convenience init<Element: ExpressibleByArgument>(valueName: String? = nil, help: String)
  where Value == [Element] {
    self.init(
      ValueReader(many: nil, valueName: valueName), valueName: valueName, value: nil, isRequired: true, help: help)
  }

  /// Any number of arguments. `wrappedValue` must be empty, because the arguments are appended to it.
  package convenience init<Element: ExpressibleByArgument>(
    wrappedValue: [Element], valueName: String? = nil, help: String
  ) where Value == [Element] {
    precondition(wrappedValue.isEmpty)
    self.init(
      ValueReader(many: nil, valueName: valueName), valueName: valueName, value: wrappedValue, isRequired: false,
      help: help)
  }

  package var wrappedValue: Value {
    guard let value else { preconditionFailure("an argument was read before arguments were parsed") }
    return value
  }

  func parameter(property: String) -> Parameter {
    Parameter(
      kind: .argument, name: valueName ?? property.kebabCased.uppercased(), valueName: reader.valueName,
      choices: reader.choices, limits: reader.limits, fallback: nil, isRepeating: reader.isRepeating,
      isRequired: isRequired, help: help)
  }

  func accept(_ text: String) throws(Refusal) { value = try reader.read(text, value) }
}
