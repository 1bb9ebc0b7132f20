/// A line being edited: its characters, the position of the cursor, and the history.
package struct EditedLine {
  package private(set) var characters: [Character] = []
  package private(set) var cursor = 0
  /// The earlier lines, oldest first, and the new line at the end, each with its edits.
  private var versions: [[Character]]
  private var version: Int

  package init(history: [String]) {
    versions = history.map(Array.init) + [[]]
    version = history.count
  }

  package var text: String { String(characters) }

  /// Applies `key` to the line; keys that do not edit are ignored.
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

  /// Combining marks join the character before the cursor, as on the screen; control characters are dropped.
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

  /// The part of the line that `width` columns show, and the column of the cursor.
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
