extension String {
  /// The text with control characters spelled out, so that showing it cannot move the cursor, clear the screen or ring.
  ///
  ///     "a\u{1B}[2Jb\tc".escapingControls  // a\u{1B}[2Jb⇥c, the escape now six visible characters, the tab kept
  ///
  /// Line ends and tabs stay. Bidirectional overrides are spelled out too, for they make text look like other text.
  package var escapingControls: String {
    replacingControls { "\\u{" + String($0, radix: 16, uppercase: true) + "}" }
  }

  /// The same for a JSON document, which stays one: control characters stand in its strings alone, where JSON has its own escapes.
  package var escapingControlsOfJSON: String {
    replacingControls { "\\u" + String(0x1_0000 + $0, radix: 16).dropFirst() }
  }

  /// The same for a sentence, which stays on one line.
  package var escapingControlsAndLineEnds: String {
    escapingControls.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n")
  }

  private func replacingControls(_ spelling: (UInt32) -> String) -> String {
    guard unicodeScalars.contains(where: Self.isUnsafe) else { return self }
    var result = ""
    for scalar in unicodeScalars {
      if Self.isUnsafe(scalar) { result += spelling(scalar.value) } else { result.unicodeScalars.append(scalar) }
    }
    return result
  }

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: false
    case 0x00...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

/// `text` with control characters and other invisible ones written out, safe to show on a terminal.
///
///     visible("a\tb\u{1b}[31m")   // a\tb\u{1b}[31m, spelled out
package func visible(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case "\r": result += "\\r"
    case "\u{0}"..."\u{1f}", "\u{7f}"..."\u{9f}", "\u{ad}", "\u{200b}", "\u{200e}", "\u{200f}",
      "\u{2028}"..."\u{202e}", "\u{2060}"..."\u{206f}", "\u{feff}":
      result += "\\u{\(String(scalar.value, radix: 16))}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
