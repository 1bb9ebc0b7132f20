/// A value given by name: `--steps 100` or `--steps=100`. The name is the property's: `learningRate` is
/// `--learning-rate`.
@propertyWrapper
package final class Option<Value>: Declared {
  private let reader: ValueReader<Value>
  private let fallback: String?
  private let help: String
  private let short: String?
  private var initial: Value?
  private var given: Value?

  private init(_ reader: ValueReader<Value>, initial: Value?, fallback: String?, help: String, short: String? = nil) {
    self.reader = reader
    self.initial = initial
    self.fallback = fallback
    self.help = help
    self.short = short
  }

  /// An option with a default.
  package convenience init(
    wrappedValue: Value, in limits: Limits<Value>? = nil, valueName: String? = nil, help: String
  ) where Value: ExpressibleByArgument {
    self.init(
      ValueReader(one: limits, valueName: valueName), initial: wrappedValue,
      fallback: wrappedValue.defaultValueDescription, help: help)
  }

  /// A required option.
  package convenience init(in limits: Limits<Value>? = nil, valueName: String? = nil, help: String)
  where Value: ExpressibleByArgument {
    self.init(ValueReader(one: limits, valueName: valueName), initial: nil, fallback: nil, help: help)
  }

  /// An optional value; `default` describes in words what happens without it.
  package convenience init<Element: ExpressibleByArgument>(
    short: String? = nil, in limits: Limits<Element>? = nil, valueName: String? = nil, default fallback: String? = nil,
    help: String
  ) where Value == Element? {
    self.init(
      ValueReader(optional: limits, valueName: valueName), initial: .some(nil), fallback: fallback, help: help,
      short: short)
  }

  /// An option that may be given several times; given values replace the default.
  package convenience init<Element: ExpressibleByArgument>(
    wrappedValue: [Element], in limits: Limits<Element>? = nil, valueName: String? = nil, help: String
  ) where Value == [Element] {
    let fallback = wrappedValue.map(\.defaultValueDescription).joined(separator: " ")
    self.init(
      ValueReader(many: limits, valueName: valueName), initial: wrappedValue,
      fallback: fallback.isEmpty ? nil : fallback, help: help)
  }

  package var wrappedValue: Value {
    guard let value = given ?? initial else { preconditionFailure("an option was read before arguments were parsed") }
    return value
  }

  func parameter(property: String) -> Parameter {
    Parameter(
      kind: .option, name: "--" + property.kebabCased, valueName: reader.valueName, choices: reader.choices,
      limits: reader.limits, fallback: fallback, isRepeating: reader.isRepeating, isRequired: initial == nil,
      help: help,
      short: short)
  }

  func accept(_ text: String) throws(Refusal) { given = try reader.read(text, given) }
}
