/// A fault in a JSON text or value, described by a sentence with its position.
package struct JSONError: Error, Equatable, CustomStringConvertible {
  /// A position in a text: line and column from 1, the column in Unicode scalars; byte from 0.
  package struct Place: Sendable, Equatable {
    package let byte: Int
    package let line: Int
    package let column: Int
  }

  /// The sentence without the position and the period.
  package let problem: String

  /// The position in the text; `nil` for a fault in a value.
  package let place: Place?

  package var description: String {
    guard let place else { return problem + "." }
    return "\(problem), at line \(place.line), column \(place.column) (byte \(place.byte))."
  }

  package init(_ problem: String) {
    self.problem = problem
    place = nil
  }

  init(_ problem: String, at byte: Int, in text: Span<UInt8>) {
    var line = 1
    var column = 1
    for index in 0..<min(byte, text.count) {
      if text[index] == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if text[index] & 0b1100_0000 != 0b1000_0000 {
        column += 1
      }
    }
    self.problem = problem
    place = Place(byte: byte, line: line, column: column)
  }
}
