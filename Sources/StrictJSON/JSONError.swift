/// What is wrong with a JSON text or value, and where, as a sentence.
package struct JSONError: Error, Equatable, CustomStringConvertible {
  /// A place in a text; lines and columns count from 1, columns in Unicode scalars, bytes from 0.
  package struct Place: Sendable, Equatable {
    package let byte: Int
    package let line: Int
    package let column: Int
  }

  /// The sentence without its place and its full stop.
  package let problem: String

  /// Where the problem lies in the text, when there is one.
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
