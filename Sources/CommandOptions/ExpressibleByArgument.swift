/// A value that one argument can spell.
public protocol ExpressibleByArgument {
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
  public var defaultValueDescription: String { "\(self)" }
  public static var allValueStrings: [String] { [] }
}

extension String: ExpressibleByArgument {
  public init?(argument: String) { self = argument }
  public static var valueName: String { "TEXT" }
  public static var expectation: String { "must be text" }
}

extension Int: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
  public static var valueName: String { "N" }
  public static var expectation: String { "must be a whole number, such as 42" }
}

extension UInt64: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
  public static var valueName: String { "N" }
  public static var expectation: String { "must be a whole number from 0 to \(UInt64.max)" }
}

extension Double: ExpressibleByArgument {
  /// Refuses infinities and what is not a number: no option here means anything with them.
  public init?(argument: String) {
    guard let value = Double(argument), value.isFinite else { return nil }
    self = value
  }
  public var defaultValueDescription: String { Int(exactly: self).map(String.init) ?? description }
  public static var valueName: String { "X" }
  public static var expectation: String { "must be a number, such as 0.5" }
}

/// Choices: the cases of an enumeration with `String` raw values.
extension ExpressibleByArgument where Self: RawRepresentable & CaseIterable, RawValue == String {
  public init?(argument: String) { self.init(rawValue: argument) }
  public var defaultValueDescription: String { rawValue }
  public static var allValueStrings: [String] { allCases.map(\.rawValue) }
  public static var valueName: String { allValueStrings.joined(separator: "|") }
  public static var expectation: String { "must be \(allValueStrings.alternatives)" }
}
