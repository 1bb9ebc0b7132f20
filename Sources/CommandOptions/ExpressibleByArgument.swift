/// A value that can be read from one argument.
package protocol ExpressibleByArgument {
  init?(argument: String)

  /// The value as a person types it.
  var defaultValueDescription: String { get }

  /// All possible arguments, where they can be listed; empty otherwise.
  static var allValueStrings: [String] { get }

  /// The placeholder in the help: `N`, `TEXT`, `fast|scalar`.
  static var valueName: String { get }

  /// The requirement that a refused argument does not meet, for an error message: "must be …".
  static var expectation: String { get }
}

extension ExpressibleByArgument {
  package var defaultValueDescription: String { "\(self)" }
  package static var allValueStrings: [String] { [] }
}

extension String: ExpressibleByArgument {
  package init?(argument: String) { self = argument }
  package static var valueName: String { "TEXT" }
  package static var expectation: String { "must be text" }
}

extension Int: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
  package static var valueName: String { "N" }
  package static var expectation: String { "must be a whole number, such as 42" }
}

extension UInt64: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
  package static var valueName: String { "N" }
  package static var expectation: String { "must be a whole number from 0 to \(UInt64.max)" }
}

extension Double: ExpressibleByArgument {
  /// Refuses infinity and NaN, which no option can use.
  package init?(argument: String) {
    guard let value = Double(argument), value.isFinite else { return nil }
    self = value
  }
  package var defaultValueDescription: String { Int(exactly: self).map(String.init) ?? description }
  package static var valueName: String { "X" }
  package static var expectation: String { "must be a number, such as 0.5" }
}

/// Choices: the cases of an enumeration with `String` raw values.
extension ExpressibleByArgument where Self: RawRepresentable & CaseIterable, RawValue == String {
  package init?(argument: String) { self.init(rawValue: argument) }
  package var defaultValueDescription: String { rawValue }
  package static var allValueStrings: [String] { allCases.map(\.rawValue) }
  package static var valueName: String { allValueStrings.joined(separator: "|") }
  package static var expectation: String { "must be \(allValueStrings.alternatives)" }
}
