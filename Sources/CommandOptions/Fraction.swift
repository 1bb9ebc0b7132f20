/// A number that is a fraction of something, which may be given as a percentage: `0.1` or `10%`.
package struct Fraction: ExpressibleByArgument, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral, Comparable {
  package let value: Double

  package init(floatLiteral value: Double) { self.value = value }
  package init(integerLiteral value: Int) { self.value = Double(value) }

  package init?(argument: String) {
    // The nearest number to 12.3% is that to 12.3e-2, not a hundredth of the nearest to 12.3.
    guard let value = Double(argument.hasSuffix("%") ? argument.dropLast() + "e-2" : argument), value.isFinite else {
      return nil
    }
    self.value = value
  }

  package var defaultValueDescription: String { value.defaultValueDescription }
  package static var valueName: String { Double.valueName }
  package static var expectation: String { "must be a number, such as 0.1 or 10%" }

  package static func < (one: Fraction, other: Fraction) -> Bool { one.value < other.value }
}
