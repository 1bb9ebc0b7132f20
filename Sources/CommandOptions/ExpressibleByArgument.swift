/// A value that one argument can spell.
package protocol ExpressibleByArgument {
  init?(argument: String)

  /// The value as a person would type it.
  var defaultValueDescription: String { get }

  /// Every spelling, where they can be listed; the first are the more usual.
  static var allValueStrings: [String] { get }

  /// What help calls such a value.
  static var valueName: String { get }

  /// What an argument must be that `init(argument:)` refused.
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
  /// Refuses infinities and what is not a number: no option here means anything with them.
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
