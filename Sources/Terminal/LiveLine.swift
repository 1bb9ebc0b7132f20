/// A progress line: redrawn in place on a terminal, a plain line every few seconds elsewhere.
package struct LiveLine {
  private let stream: StandardStream
  private let interval: Duration
  private let isRedrawn: Bool
  private var shown: ContinuousClock.Instant?
  private var isOpen = false

  package init(on stream: StandardStream) {
    self.stream = stream
    isRedrawn = stream.canRedraw
    interval = isRedrawn ? .milliseconds(100) : .seconds(5)
    if !isRedrawn { shown = .now }
  }

  /// True if enough time has passed to show a new text.
  package func isDue(_ now: ContinuousClock.Instant) -> Bool {
    shown.map { $0.duration(to: now) >= interval } ?? true
  }

  /// Shows as many of `parts`, from the first, as fit side by side, followed by the text of `filler` for the remaining
  /// columns.
  ///
  /// Failures to write, as to a closed pipe, are ignored.
  package mutating func show(_ parts: [String], filler: (_ width: Int) -> String = { _ in "" }) {
    shown = .now
    let width = width
    let text = Self.join(parts, width: width)
    let line = Self.join([text, filler(max(0, width - text.count - 2))], width: width)
    if isRedrawn {
      isOpen = true
      try? stream.write("\r" + line + "\u{1B}[K")
    } else {
      try? stream.write(line + "\n")
    }
  }

  /// Inserts permanent lines above the progress line, which is due at once.
  package mutating func insert(_ lines: [String]) {
    let text = lines.map { $0 + "\n" }.joined()
    try? stream.write((isOpen ? "\r\u{1B}[K" : "") + text)
    isOpen = false
    if isRedrawn { shown = nil }
  }

  /// The columns available for the text.
  package var width: Int { isRedrawn ? min(80, stream.width) - 1 : 80 }

  /// Removes the progress line, so that other text can follow.
  package mutating func clear() {
    guard isOpen else { return }
    isOpen = false
    try? stream.write("\r\u{1B}[K")
  }

  /// As many of `parts`, from the first, as fit in `width` columns.
  package static func join(_ parts: [String], width: Int) -> String {
    var line = ""
    for part in parts where !part.isEmpty {
      let longer = line.isEmpty ? part : line + "  " + part
      if longer.count > width { break }
      line = longer
    }
    return line
  }
}
