/// Reads a file line by line, whose bytes the page has read into memory.
package struct LineReader: ~Copyable {
  /// The name, for error messages.
  package let path: String

  /// The number of the current line, from 1.
  package private(set) var number = 0

  /// The byte offset of the current line in the file.
  package var offset: Int { current.lowerBound }

  private let bytes: [UInt8]
  private var current = 0..<0
  /// The start of the line after the current one.
  private var end = 0

  package init(_ bytes: [UInt8], named name: String) {
    path = name
    self.bytes = bytes
  }

  /// The current line without its line feed, but with a carriage return before that.
  package var line: Span<UInt8> {
    @_lifetime(borrow self)
    get { bytes.span.extracting(current) }
  }

  /// Advances to the next line and returns true, or false at the end of the file. The last line needs no line feed.
  package mutating func next() -> Bool {
    guard end < bytes.count else { return false }
    let feed = bytes[end...].firstIndex(of: UInt8(ascii: "\n"))
    current = end..<(feed ?? bytes.count)
    end = current.upperBound + (feed == nil ? 0 : 1)
    number += 1
    return true
  }

  /// The first `count` bytes after the current line, or fewer at the end of the file. They are not consumed.
  package mutating func peek(_ count: Int) -> [UInt8] { Array(bytes[end...].prefix(count)) }

  /// Returns everything after the current line.
  package mutating func rest() -> [UInt8] {
    defer { end = bytes.count }
    return Array(bytes[end...])
  }
}
