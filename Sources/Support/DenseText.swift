/// Returns `bytes` as text for an element of an HTML page: a fifth longer than the bytes, where base64 is a third.
///
/// The text has no character that browsers or mail programs change, and no `<`, so that it ends no element. Two bytes
/// of it are a symbol: a pair of visible ASCII characters, or a character from U+00A1 to U+07FF. A symbol has 13 bits
/// of the bytes, the lowest first, or 14 where there is a symbol for the longer number. At the end, up to six bits are
/// one ASCII character.
package func denseText(_ bytes: some Sequence<UInt8>) -> [UInt8] {
  var text: [UInt8] = []
  var buffer: UInt32 = 0
  var count: UInt32 = 0
  for byte in bytes {
    buffer |= UInt32(byte) << count
    count += 8
    guard count >= 14 else { continue }
    let hasLonger = buffer & 0x1fff < DenseSymbol.count - 0x2000
    append(buffer & (hasLonger ? 0x3fff : 0x1fff), to: &text)
    buffer >>= hasLonger ? 14 : 13
    count -= hasLonger ? 14 : 13
  }
  if count > 6 { append(buffer, to: &text) } else if count > 0 { text.append(DenseSymbol.digit(buffer)) }
  return text
}

private func append(_ symbol: UInt32, to text: inout [UInt8]) {
  if symbol < DenseSymbol.pairCount {
    text.append(DenseSymbol.digit(symbol / DenseSymbol.digitCount))
    text.append(DenseSymbol.digit(symbol % DenseSymbol.digitCount))
  } else {
    let scalar = symbol - DenseSymbol.pairCount + 0xa1
    text.append(UInt8(0xc0 | scalar >> 6))
    text.append(UInt8(0x80 | scalar & 0x3f))
  }
}

private enum DenseSymbol {
  /// The visible ASCII characters but `<`.
  static let digitCount: UInt32 = 93
  static let pairCount = digitCount * digitCount
  static let count = pairCount + 0x7ff - 0xa0

  /// Returns the character of a digit.
  static func digit(_ value: UInt32) -> UInt8 { UInt8(value + 0x21 + (value >= 0x3c - 0x21 ? 1 : 0)) }
}
