/// A key pressed on a terminal.
package enum Key: Equatable {
  case text(String)
  case left, right, wordLeft, wordRight, start, end
  case up, down
  case deleteBackward, deleteForward, deleteWord, deleteToStart, deleteToEnd
  case enter, interrupt, endOfInput, suspend, redraw
}

/// Decodes the bytes that a terminal sends: UTF-8, control characters and escape sequences.
package struct KeyDecoder {
  /// The bytes of an incomplete key.
  private var pending: [UInt8] = []

  package init() {}

  /// The key that `byte` completes; `nil` if the key is incomplete or has no meaning.
  package mutating func next(_ byte: UInt8) -> Key? {
    pending.append(byte)
    if pending[0] == 0x1B { return escaped() }
    if byte < 0x80 {
      defer { pending.removeAll() }
      // An incomplete character before this byte is dropped, but not this byte.
      return byte < 0x20 || byte == 0x7F ? Self.controls[byte] : .text(String(decoding: pending, as: UTF8.self))
    }
    let length = pending[0] >= 0xF0 ? 4 : pending[0] >= 0xE0 ? 3 : pending[0] >= 0xC0 ? 2 : 1
    guard pending.count >= length else { return nil }
    defer { pending.removeAll() }
    return .text(String(decoding: pending, as: UTF8.self))
  }

  private mutating func escaped() -> Key? {
    guard pending.count > 1 else { return nil }
    if pending.count == 2 && (pending[1] == UInt8(ascii: "[") || pending[1] == UInt8(ascii: "O")) { return nil }
    let last = pending[pending.count - 1]
    // Parameter bytes; the first other byte ends the sequence.
    if pending.count > 2 && 0x20...0x3F ~= last && pending.count < 32 { return nil }
    defer { pending.removeAll() }
    return Self.sequences[String(decoding: pending.dropFirst(), as: UTF8.self)]
  }

  private static let controls: [UInt8: Key] = [
    0x01: .start, 0x02: .left, 0x03: .interrupt, 0x04: .endOfInput, 0x05: .end, 0x06: .right, 0x08: .deleteBackward,
    0x0A: .enter, 0x0B: .deleteToEnd, 0x0C: .redraw, 0x0D: .enter, 0x0E: .down, 0x10: .up, 0x15: .deleteToStart,
    0x17: .deleteWord, 0x1A: .suspend, 0x7F: .deleteBackward,
  ]

  private static let sequences: [String: Key] = [
    "[A": .up, "[B": .down, "[C": .right, "[D": .left, "[H": .start, "[F": .end,
    "OA": .up, "OB": .down, "OC": .right, "OD": .left, "OH": .start, "OF": .end,
    "[1~": .start, "[7~": .start, "[4~": .end, "[8~": .end, "[3~": .deleteForward,
    "[1;5C": .wordRight, "[1;5D": .wordLeft, "[1;3C": .wordRight, "[1;3D": .wordLeft,
    "f": .wordRight, "b": .wordLeft, "\u{7F}": .deleteWord,
  ]
}
