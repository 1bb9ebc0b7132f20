/// A line that is being typed: its characters, the place of the cursor among them, and the lines before it.
package struct EditedLine {
  package private(set) var characters: [Character] = []
  package private(set) var cursor = 0
  /// What was typed before, the oldest first, and at the end the line itself, each as it was left.
  private var versions: [[Character]]
  private var version: Int

  package init(history: [String]) {
    versions = history.map(Array.init) + [[]]
    version = history.count
  }

  package var text: String { String(characters) }

  /// Does what `key` does to a line; keys that are none of its business change nothing.
  package mutating func apply(_ key: Key) {
    switch key {
    case .text(let text): insert(text)
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(characters.count, cursor + 1)
    case .wordLeft: cursor = wordStart
    case .wordRight: cursor = wordEnd
    case .start: cursor = 0
    case .end: cursor = characters.count
    case .up: show(version - 1)
    case .down: show(version + 1)
    case .deleteBackward: remove(max(0, cursor - 1)..<cursor)
    case .deleteForward: remove(cursor..<min(characters.count, cursor + 1))
    case .deleteWord: remove(wordStart..<cursor)
    case .deleteToStart: remove(0..<cursor)
    case .deleteToEnd: remove(cursor..<characters.count)
    case .enter, .interrupt, .endOfInput, .suspend, .redraw: break
    }
  }

  /// A mark that comes after its letter joins it, as it does on the screen; control characters would do things to it.
  private mutating func insert(_ text: String) {
    var before = String(characters[..<cursor])
    before.unicodeScalars.append(contentsOf: text.unicodeScalars.filter { $0.properties.generalCategory != .control })
    characters = Array(before) + characters[cursor...]
    cursor = before.count
  }

  private mutating func remove(_ range: Range<Int>) {
    characters.removeSubrange(range)
    cursor = range.lowerBound
  }

  private mutating func show(_ number: Int) {
    guard versions.indices.contains(number) else { return }
    versions[version] = characters
    version = number
    characters = versions[number]
    cursor = characters.count
  }

  private var wordStart: Int {
    var place = cursor
    while place > 0 && characters[place - 1].isWhitespace { place -= 1 }
    while place > 0 && !characters[place - 1].isWhitespace { place -= 1 }
    return place
  }

  private var wordEnd: Int {
    var place = cursor
    while place < characters.count && characters[place].isWhitespace { place += 1 }
    while place < characters.count && !characters[place].isWhitespace { place += 1 }
    return place
  }

  /// What `width` columns show of the line, and in which of them the cursor stands.
  package func view(width: Int) -> (text: String, column: Int) {
    var first = cursor
    var column = 0
    while first > 0 && column + characters[first - 1].columns < width {
      first -= 1
      column += characters[first].columns
    }
    var end = cursor
    var used = column
    while end < characters.count && used + characters[end].columns <= width {
      used += characters[end].columns
      end += 1
    }
    return (String(characters[first..<end]), column)
  }
}
