import Files
import Terminal

/// The lines of a chat: from a line editor on a terminal, or from a file or pipe.
struct ChatInput: ~Copyable {
  private var editor = LineEditor(prompt: "> ")
  private var lines: LineReader
  var isTerminal: Bool { editor != nil }

  init() throws { lines = try LineReader(standardInput: ()) }

  mutating func next() throws -> String? {
    while editor != nil {
      Interruption.startCatching()
      switch try editor?.next() {
      case .line(let line): return line
      case .cancelled: continue
      case .end, nil:
        if let caught = Interruption.caught { throw Failure(caught) }
        return nil
      }
    }
    guard try lines.next() else { return nil }
    let bytes = lines.line
    return String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
  }
}
