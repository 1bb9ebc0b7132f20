import Glibc
import Support

/// Standard output, for results, or standard error, for progress and notes. Standard input is only asked for its kind.
package struct StandardStream: Sendable {
  package static let input = StandardStream(descriptor: 0)
  package static let output = StandardStream(descriptor: 1)
  package static let error = StandardStream(descriptor: 2)

  private let descriptor: Int32

  /// True if the stream is a terminal, which obeys control characters.
  package var isTerminal: Bool { isatty(descriptor) == 1 }

  /// True if a line can be redrawn in place.
  package var canRedraw: Bool { isTerminal && environment("TERM") != "dumb" }

  /// The width of the terminal in columns; 80 if unknown.
  package var width: Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  package func write(_ text: String) throws(StreamFailure) {
    try write(Array(text.utf8))
  }

  /// Writes untrusted text and a line feed: escaped to a terminal, unchanged to a file or pipe.
  package func writeLine(_ text: String) throws(StreamFailure) {
    try writeText(text + "\n")
  }

  /// Writes untrusted text: escaped to a terminal, unchanged to a file or pipe.
  package func writeText(_ text: String) throws(StreamFailure) {
    try write(isTerminal ? text.escapingInvisibles(keeping: ["\n", "\t"]) : text)
  }

  /// Writes a sentence that may quote untrusted text, and a line feed. On a terminal it stays on one line.
  package func writeSentence(_ sentence: String) throws(StreamFailure) {
    try write((isTerminal ? sentence.escapingInvisibles : sentence) + "\n")
  }

  /// Writes a JSON document or a part of it: escaped to a terminal, unchanged to a file or pipe.
  package func writeJSON(_ text: String) throws(StreamFailure) {
    try write(isTerminal ? text.escapingInvisiblesOfJSON : text)
  }

  package func write(_ bytes: [UInt8]) throws(StreamFailure) {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, rest, rest.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw StreamFailure(code: errno)
      }
      rest.removeFirst(count)
    }
  }

  /// Makes writing to a closed pipe, or beyond the limit of file sizes, an error instead of a signal that ends the
  /// process: training continues and files are cleaned up.
  package static func reportFailedWrites() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }
}

/// The error of a stream that cannot be written.
package struct StreamFailure: Error {
  let code: Int32

  /// True if the reader has closed the pipe, as `head` does. Not a failure of the tool.
  package var isClosedPipe: Bool { code == EPIPE }

  package var reason: String { String(cString: strerror(code)) }
}

/// The value of an environment variable; `nil` if it is unset or empty.
package func environment(_ name: String) -> String? {
  guard let value = getenv(name), value.pointee != 0 else { return nil }
  return String(cString: value)
}
