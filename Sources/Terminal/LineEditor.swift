#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Lines that a person types on a terminal and can mend before they count: arrows, Home and End, Ctrl-W and their like, and with the
/// arrows up and down the lines before.
package struct LineEditor {
  /// What came of a line.
  package enum Result: Equatable {
    case line(String)
    /// The line was given up with Ctrl-C.
    case givenUp
    /// There will be no more: Ctrl-D on an empty line, or the terminal has gone.
    case end
  }

  private let prompt: String
  private var history: [String] = []
  private var decoder = KeyDecoder()
  /// What was typed and not looked at yet.
  private var typed: ArraySlice<UInt8> = []

  /// `nil` where nobody types on a terminal and looks at it.
  package init?(prompt: String) {
    guard StandardStream.input.isTerminal && StandardStream.output.isTerminal else { return nil }
    self.prompt = prompt
  }

  /// Lets a line be typed. `Interruption.noteFirst` should be in force, so that the terminal is left as it was found.
  package mutating func next() throws -> Result {
    let terminal = KeyByKey()
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
      case .interrupt: return try finish(.givenUp)
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

  /// The next key that means something; `nil` when there are no more, or the process is to end.
  private mutating func nextKey() throws -> Key? {
    while true {
      while let byte = typed.popFirst() {
        if let key = decoder.next(byte) { return key }
      }
      guard let bytes = readTyped() else { return nil }
      typed = bytes[...]
    }
  }

  /// Waits for something to be typed, and looks up now and then whether the process is to end: a signal that comes just before the
  /// waiting would not end it.
  private func readTyped() -> [UInt8]? {
    var wish = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    while true {
      if Interruption.noted != nil { return nil }
      let count = poll(&wish, 1, 200)
      if count > 0 { break }
      if count < 0 && errno != EINTR { return nil }
    }
    var bytes: [UInt8] = Array(repeating: 0, count: 1024)
    let count = read(STDIN_FILENO, &bytes, bytes.count)
    return count > 0 ? Array(bytes[..<count]) : nil
  }
}

/// The terminal's way of giving every key at once and showing none of them by itself.
private final class KeyByKey {
  private var before = termios()

  init() { begin() }

  func begin() {
    guard tcgetattr(STDIN_FILENO, &before) == 0 else { return }
    var settings = before
    cfmakeraw(&settings)
    // A line feed still begins a line.
    settings.c_oflag |= tcflag_t(OPOST)
    tcsetattr(STDIN_FILENO, TCSADRAIN, &settings)
  }

  func end() { tcsetattr(STDIN_FILENO, TCSADRAIN, &before) }
}
