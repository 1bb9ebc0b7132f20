import Support

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard output, for results, and standard error, for progress and notes; of standard input, what it is.
package struct StandardStream: Sendable {
  package static let input = StandardStream(descriptor: 0)
  package static let output = StandardStream(descriptor: 1)
  package static let error = StandardStream(descriptor: 2)

  private let descriptor: Int32

  /// Whether a person is looking, and control characters would be obeyed.
  package var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Whether a line can be drawn over another.
  package var canRedraw: Bool { isTerminal && environment("TERM") != "dumb" }

  /// The columns of the terminal, 80 where it does not say.
  package var width: Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  package func write(_ text: String) throws(StreamFailure) {
    try write(Array(text.utf8))
  }

  /// Writes text that came from elsewhere, and a line end: to a terminal with control characters spelled out, to a file as it is.
  package func writeLine(_ text: String) throws(StreamFailure) {
    try writeText(text + "\n")
  }

  /// Writes text of which nobody knows what is in it, with control characters spelled out where a person reads it.
  package func writeText(_ text: String) throws(StreamFailure) {
    try write(isTerminal ? text.escapingInvisibles(keeping: ["\n", "\t"]) : text)
  }

  /// Writes a sentence with names of files or words of the person's in it, and a line end.
  package func writeSentence(_ sentence: String) throws(StreamFailure) {
    try write((isTerminal ? sentence.escapingInvisibles : sentence) + "\n")
  }

  /// Writes a JSON document or a part of one.
  package func writeJSON(_ text: String) throws(StreamFailure) {
    try write(isTerminal ? text.escapingInvisiblesOfJSON : text)
  }

  package func write(_ bytes: [UInt8]) throws(StreamFailure) {
    var rest = bytes
    while !rest.isEmpty {
      #if canImport(Glibc)
        let count = Glibc.write(descriptor, rest, rest.count)
      #elseif canImport(Musl)
        let count = Musl.write(descriptor, rest, rest.count)
      #elseif canImport(Darwin)
        let count = Darwin.write(descriptor, rest, rest.count)
      #endif
      if count < 0 {
        if errno == EINTR { continue }
        throw StreamFailure(code: errno)
      }
      rest.removeFirst(count)
    }
  }

  /// Makes a write to a pipe that nobody reads any more, or beyond the size that files may have here, fail instead of ending the
  /// process, so that training survives it and files are cleaned up.
  package static func reportFailedWrites() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }
}

/// Output that could not be written.
package struct StreamFailure: Error {
  let code: Int32

  /// The reader has seen enough, as `head` does: no failure of ours.
  package var isClosedPipe: Bool { code == EPIPE }

  package var reason: String { String(cString: strerror(code)) }
}

/// The value of an environment variable, where it is set and not empty.
package func environment(_ name: String) -> String? {
  guard let value = getenv(name), value.pointee != 0 else { return nil }
  return String(cString: value)
}
