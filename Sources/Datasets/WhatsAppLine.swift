import Tokenization

/// A line of WhatsApp's export that begins a message:
///
///     28/11/2026, 15:48 - Ana: Hello
///     [11/28/26, 3:48:01 PM] Ana: Hello
///
/// Date and time are those of the phone's language: three numbers with slashes, points or dashes, and two or three with
/// colons or points, perhaps with words before and after.
enum WhatsAppLine {
  case message(speaker: String, text: String)
  /// A picture or another file.
  case attachment
  /// A message of the program, such as that somebody joined.
  case notice

  /// `nil` for a line that continues a message.
  init?(_ line: Span<UInt8>) {
    guard let first = line.firstVisible, first == UInt8(ascii: "[") || first == 0xE2 || 0x30...0x39 ~= first else {
      return nil
    }
    var header = WhatsAppHeader(line: Array(copying: line))
    guard header.read() else { return nil }
    let scalars = String(decoding: header.line[header.position...], as: UTF8.self).unicodeScalars
    guard let colon = scalars.firstIndex(of: ":") else {
      self = .notice
      return
    }
    let speaker = String(scalars[..<colon]).withoutMarks
    let rest = scalars[scalars.index(after: colon)...]
    guard !speaker.isEmpty, rest.first ?? " " == " " else {
      self = .notice
      return
    }
    // Notes of the program have a mark before them, also the one that a text was edited.
    let text = String(rest.prefix { $0 != "\u{200E}" }).withoutMarks
    let isPlaceholder = text.hasPrefix("<") && text.hasSuffix(">")
    self = text.isEmpty || isPlaceholder ? .attachment : .message(speaker: speaker, text: text)
  }
}

extension String {
  /// The text without white space and marks of the writing direction around it.
  fileprivate var withoutMarks: String {
    func isMark(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.value {
      case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
      default: scalar.properties.isWhitespace
      }
    }
    var scalars = unicodeScalars[...]
    while let first = scalars.first, isMark(first) { scalars.removeFirst() }
    while let last = scalars.last, isMark(last) { scalars.removeLast() }
    return String(scalars)
  }
}

/// The date and the time at the start of a line.
private struct WhatsAppHeader {
  let line: [UInt8]
  private(set) var position = 0

  init(line: [UInt8]) { self.line = line }

  /// Reads the header; returns false if there is none.
  mutating func read() -> Bool {
    _ = skip([0xE2, 0x80, 0x8E])
    let isBracketed = skip([UInt8(ascii: "[")])
    let (dateSeparators, timeSeparators) = (Array("/.-".utf8), Array(":.".utf8))
    guard number(upTo: 4), skip(oneOf: dateSeparators), number(upTo: 2), skip(oneOf: dateSeparators), number(upTo: 4),
      passOverWords(until: [])
    else { return false }
    guard number(upTo: 2), skip(oneOf: timeSeparators), number(upTo: 2) else { return false }
    if skip(oneOf: timeSeparators) && !number(upTo: 2) { return false }
    guard passOverWords(until: isBracketed ? Array("]".utf8) : Array(" - ".utf8)) else { return false }
    if isBracketed { _ = skip([UInt8(ascii: " ")]) }
    return true
  }

  private mutating func number(upTo digits: Int) -> Bool {
    let start = position
    while position < line.count, position - start < digits, isDigit(line[position]) { position += 1 }
    return position > start
  }

  /// Passes over a few bytes that are no digits, and over `end`, or before a digit if that is empty.
  private mutating func passOverWords(until end: [UInt8]) -> Bool {
    for _ in 0..<16 where position < line.count {
      if end.isEmpty ? isDigit(line[position]) : skip(end) { return true }
      if isDigit(line[position]) { return false }
      position += 1
    }
    return false
  }

  private mutating func skip(_ bytes: [UInt8]) -> Bool {
    guard line[position...].starts(with: bytes) else { return false }
    position += bytes.count
    return true
  }

  private mutating func skip(oneOf bytes: [UInt8]) -> Bool {
    guard position < line.count, bytes.contains(line[position]) else { return false }
    position += 1
    return true
  }

  private func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }
}
