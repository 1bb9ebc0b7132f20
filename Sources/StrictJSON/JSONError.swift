/// What is wrong with a JSON text or value, and where, as a sentence.
public struct JSONError: Error, Equatable, CustomStringConvertible {
  /// A place in a text; lines and columns count from 1, columns in Unicode scalars, bytes from 0.
  public struct Place: Sendable, Equatable {
    public let byte: Int
    public let line: Int
    public let column: Int
  }

  /// The sentence without its place and its full stop.
  public let problem: String

  /// Where the problem lies in the text, when there is one.
  public let place: Place?

  public var description: String {
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
