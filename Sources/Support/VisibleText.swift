extension String {
  /// The text with invisible and unsafe characters written as escapes, on one line: safe to show on a terminal and in a
  /// sentence.
  ///
  ///     "a\tb\u{1B}[2J".escapingInvisibles  // a\tb\u{1B}[2J, where \t and \u{1B} are now visible characters
  ///
  /// Backslashes stay as they are: the result is for reading, not for parsing.
  package var escapingInvisibles: String { escapingInvisibles(keeping: []) }

  /// The text with invisible and unsafe characters, except those of `kept`, written as escapes.
  package func escapingInvisibles(keeping kept: [Unicode.Scalar]) -> String {
    replacingInvisibles(keeping: kept) { scalar in
      switch scalar {
      case "\n": "\\n"
      case "\r": "\\r"
      case "\t": "\\t"
      default: "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      }
    }
  }

  /// A JSON document with invisible and unsafe characters written as JSON escapes: the same document. Valid JSON has
  /// them in strings only, apart from the white space between values, which stays.
  package var escapingInvisiblesOfJSON: String {
    replacingInvisibles(keeping: ["\n", "\r", "\t"]) { scalar in
      String(scalar).utf16.map { "\\u" + String(0x1_0000 + UInt32($0), radix: 16).dropFirst() }.joined()
    }
  }

  /// The text with every line feed written as `\n`, and nothing else changed.
  package var escapingLineFeeds: String {
    guard utf8.contains(UInt8(ascii: "\n")) else { return self }
    var result = ""
    for scalar in unicodeScalars {
      if scalar == "\n" { result += "\\n" } else { result.unicodeScalars.append(scalar) }
    }
    return result
  }

  private func replacingInvisibles(keeping kept: [Unicode.Scalar], _ escape: (Unicode.Scalar) -> String) -> String {
    guard unicodeScalars.contains(where: { $0.isInvisible || $0.isJoiner }) else { return self }
    var result = ""
    for scalar in unicodeScalars {
      // A joiner that follows nothing joins nothing.
      if (scalar.isInvisible && !kept.contains(scalar)) || (scalar.isJoiner && result.isEmpty) {
        result += escape(scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  /// The characters that cannot be seen, that a terminal obeys, or that make text look like other text.
  fileprivate var isInvisible: Bool {
    switch value {
    // Control characters (C0, DEL, C1), which move the cursor, clear the screen, ring the bell.
    case 0x00...0x1F, 0x7F...0x9F: true
    // Marks, embeddings, overrides and isolates of bidirectional text.
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    // Line and paragraph separators.
    case 0x2028, 0x2029: true
    // Spaces without width, invisible operators and the byte order mark.
    case 0x180E, 0x200B, 0x2060...0x2065, 0x206A...0x206F, 0xFEFF: true
    // The soft hyphen, interlinear annotations and tags.
    case 0xAD, 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
    default: false
    }
  }

  /// The zero-width joiner and non-joiner, without which emoji and several scripts look wrong.
  fileprivate var isJoiner: Bool { value == 0x200C || value == 0x200D }
}
