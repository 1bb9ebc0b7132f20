// The width of text on a terminal.

extension Character {
  /// The columns of the character: two for East Asian scripts and emoji, otherwise one; none for combining marks alone.
  package var columns: Int {
    if unicodeScalars.contains(where: { $0.properties.isEmojiPresentation || $0.value == 0xFE0F }) { return 2 }
    return unicodeScalars.reduce(0) { $0 + $1.columns }
  }
}

extension StringProtocol {
  package var columns: Int { reduce(0) { $0 + $1.columns } }

  /// The text if it fits in `width` columns, otherwise its prefix and an ellipsis.
  ///
  ///     "a long text".truncated(toColumns: 7)  // a long…
  package func truncated(toColumns width: Int) -> String {
    if columns <= width { return String(self) }
    var result = ""
    var used = 1
    for character in self {
      used += character.columns
      if used > width { break }
      result.append(character)
    }
    return result + "…"
  }
}

extension Unicode.Scalar {
  fileprivate var columns: Int {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    switch value {
    // Medial vowels and final consonants of Hangul share the square of the initial consonant.
    case 0x1160...0x11FF: return 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F200...0x1F2FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}

/// The items side by side after `heading`, on as many lines as needed; an item longer than a line is truncated.
///
///     sideBySide(["anna", "bob"], heading: "step 100  ", width: 40)  // ["step 100  anna · bob"]
package func sideBySide(_ items: [String], heading: String, width: Int) -> [String] {
  let indent = heading.columns
  let room = max(8, width - indent)
  var lines: [String] = []
  var line = ""
  for item in items {
    let item = item.truncated(toColumns: room)
    if line.isEmpty {
      line = item
    } else if line.columns + 3 + item.columns <= room {
      line += " · " + item
    } else {
      lines.append(line)
      line = item
    }
  }
  lines.append(line)
  return lines.enumerated().map { ($0 == 0 ? heading : String(repeating: " ", count: indent)) + $1 }
}
