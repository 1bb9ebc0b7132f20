import Glibc

/// A line editor for a terminal, with the usual keys (arrows, Home, End, Ctrl-W …) and a history of earlier lines.
package struct LineEditor {
  /// The outcome of editing a line.
  package enum Result: Equatable {
    case line(String)
    /// Ctrl-C discarded the line.
    case cancelled
    /// The end of the input: Ctrl-D on an empty line, a signal, or a closed terminal.
    case end
  }

  private let prompt: String
  private var history: [String] = []
  private var decoder = KeyDecoder()
  /// Typed bytes that are not decoded yet.
  private var typed: ArraySlice<UInt8> = []

  /// Creates an editor; `nil` if standard input or output is not a terminal.
  package init?(prompt: String) {
    guard StandardStream.input.isTerminal && StandardStream.output.isTerminal else { return nil }
    self.prompt = prompt
  }

  /// Reads a line. Call `Interruption.startCatching` before, so that a signal leaves the terminal in its original mode.
  package mutating func next() throws -> Result {
    let terminal = RawMode()
    defer { terminal.end() }
    var line = EditedLine(history: history)
    while true {
      try draw(line)
      guard let key = try nextKey() else { return try finish(.end) }
      switch key {
      case .enter:
        line.apply(.end)
        try draw(line)
        let text = line.text
        if !text.isEmpty && text != history.last { history.append(text) }
        return try finish(.line(text))
      case .interrupt: return try finish(.cancelled)
      case .endOfInput where line.characters.isEmpty: return try finish(.end)
      case .endOfInput: line.apply(.deleteForward)
      case .redraw: try StandardStream.output.write("\u{1B}[H\u{1B}[2J")
      case .suspend:
        terminal.end()
        raise(SIGTSTP)
        terminal.begin()
      default: line.apply(key)
      }
    }
  }

  private func draw(_ line: EditedLine) throws {
    let view = line.view(width: max(2, StandardStream.output.width - prompt.columns - 1))
    let column = prompt.columns + view.column
    try StandardStream.output.write("\r\(prompt)\(view.text)\u{1B}[K\r" + (column > 0 ? "\u{1B}[\(column)C" : ""))
  }

  private func finish(_ result: Result) throws -> Result {
    try StandardStream.output.write("\n")
    return result
  }

  /// The next key that has a meaning; `nil` at the end of the input or after a signal.
  private mutating func nextKey() throws -> Key? {
    while true {
      while let byte = typed.popFirst() {
        if let key = decoder.next(byte) { return key }
      }
      guard let bytes = readTyped() else { return nil }
      typed = bytes[...]
    }
  }

  /// Waits for typed bytes. Checks for signals every 200 milliseconds: one that arrives just before `poll` does not
  /// interrupt it.
  private func readTyped() -> [UInt8]? {
    var request = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    while true {
      if Interruption.caught != nil { return nil }
      let count = poll(&request, 1, 200)
      if count > 0 { break }
      if count < 0 && errno != EINTR { return nil }
    }
    var bytes: [UInt8] = Array(repeating: 0, count: 1024)
    let count = read(STDIN_FILENO, &bytes, bytes.count)
    return count > 0 ? Array(bytes[..<count]) : nil
  }
}

/// The mode in which a terminal delivers each key at once and does not echo it.
private final class RawMode {
  private var original = termios()

  init() { begin() }

  func begin() {
    guard tcgetattr(STDIN_FILENO, &original) == 0 else { return }
    var settings = original
    cfmakeraw(&settings)
    // A line feed still begins a new line.
    settings.c_oflag |= tcflag_t(OPOST)
    tcsetattr(STDIN_FILENO, TCSADRAIN, &settings)
  }

  func end() { tcsetattr(STDIN_FILENO, TCSADRAIN, &original) }
}
