/// A JSON value as defined by RFC 8259.
///
///     let line: JSON = ["step": 100, "loss": .real(2.42), "sample": "anna"]
///     print(line)  // {"step":100,"loss":2.42,"sample":"anna"}
///
/// Strings and keys are compared byte by byte, never by canonical equivalence.
package enum JSON: Sendable {
  case null
  case bool(Bool)
  case number(Number)
  case string(String)
  case array([JSON])
  case object(Object)

  /// A whole number.
  package static func integer(_ value: some FixedWidthInteger & SignedInteger) -> JSON { .number(Number(value)) }

  /// A whole number that may exceed `Int.max`.
  package static func integer(_ value: some FixedWidthInteger & UnsignedInteger) -> JSON { .number(Number(value)) }

  /// A number, or `null` for infinity and NaN, which JSON cannot represent.
  package static func real(_ value: Double) -> JSON { Number(value).map(JSON.number) ?? .null }

  /// A number with the fewest digits that identify `value`: 2.42 instead of 2.4200000762939453.
  package static func real(_ value: Float) -> JSON { .real(Double(value.description) ?? Double(value)) }

  /// The kind of the value, for error messages.
  package var kind: String {
    switch self {
    case .null: "null"
    case .bool: "a Boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

extension JSON: Equatable {
  package static func == (one: JSON, other: JSON) -> Bool {
    switch (one, other) {
    case (.null, .null): true
    case (.bool(let one), .bool(let other)): one == other
    case (.number(let one), .number(let other)): one == other
    case (.string(let one), .string(let other)): one.utf8.elementsEqual(other.utf8)
    case (.array(let one), .array(let other)): one == other
    case (.object(let one), .object(let other)): one == other
    default: false
    }
  }
}

extension JSON {
  /// A finite number: every `Int64` and `UInt64` exactly, all others as the nearest `Double`.
  package struct Number: Sendable, Equatable {
    private enum Storage: Sendable, Equatable {
      case negative(Int64)
      case natural(UInt64)
      case real(Double)
    }

    private let storage: Storage

    package init(_ value: some FixedWidthInteger & SignedInteger) {
      storage = value < 0 ? .negative(Int64(value)) : .natural(UInt64(value))
    }

    package init(_ value: some FixedWidthInteger & UnsignedInteger) {
      storage = .natural(UInt64(value))
    }

    /// Creates a number; `nil` for infinity and NaN.
    package init?(_ value: Double) {
      guard value.isFinite else { return nil }
      storage = .real(value)
    }

    /// The number if it is written as an integer and fits the type: 3 is an integer, 3.0 is not.
    package func integer<Integer: FixedWidthInteger>(as type: Integer.Type = Int.self) -> Integer? {
      switch storage {
      case .negative(let value): Integer(exactly: value)
      case .natural(let value): Integer(exactly: value)
      case .real: nil
      }
    }

    /// The nearest `Double`.
    package var double: Double {
      switch storage {
      case .negative(let value): Double(value)
      case .natural(let value): Double(value)
      case .real(let value): value
      }
    }

    /// The fewest digits that identify the number.
    var digits: String {
      switch storage {
      case .negative(let value): value.description
      case .natural(let value): value.description
      case .real(let value): value.description
      }
    }
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int) { self = .integer(value) }
  package init(floatLiteral value: Double) { self = .real(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(nilLiteral: ()) { self = .null }
  package init(arrayLiteral elements: JSON...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSON)...) { self = .object(Object(elements)) }
}

extension JSON.Object: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, JSON)...) { self.init(elements) }

  /// The last of several members with the same key wins.
  fileprivate init(_ elements: [(String, JSON)]) {
    for (key, value) in elements { self[key] = value }
  }
}
