/// Returns `bytes` as text for an element of an HTML page: 18 % longer than they are, where base64 is a third longer.
///
/// The text has no character that browsers or mail programs change, and no `<`, so that it ends no element. Before the
/// bytes stands their count in 32 bits. All of them are written as characters from the lowest bit on, and zeros follow
/// after the last. Each character takes seven bits, and by their value, which is written first, further ones:
///
/// | value | further bits | character |
/// |---|---|---|
/// | 0 to 92 | 0 | a visible ASCII character |
/// | 93 to 121 | 6 | from U+00A1 on, in two bytes |
/// | 122 to 126 | 13 | from U+3400 on, in three bytes |
/// | 127 | 10 | from U+D400 to U+D7FF, in three bytes |
package func denseText(_ bytes: some Collection<UInt8>) -> [UInt8] {
  var writer = DenseWriter(count: bytes.count)
  for byte in bytes { writer.write(byte) }
  writer.finish()
  return writer.text
}

private struct DenseWriter {
  private(set) var text: [UInt8] = []
  private var bits: UInt64
  private var bitCount = 32

  init(count: Int) { bits = UInt64(UInt32(truncatingIfNeeded: count)) }

  mutating func write(_ byte: UInt8) {
    while bitCount >= 20 { writeCharacter() }
    bits |= UInt64(byte) << UInt64(bitCount)
    bitCount += 8
  }

  mutating func finish() {
    while bitCount > 0 { writeCharacter() }
  }

  private mutating func writeCharacter() {
    let value = next(7)
    switch value {
    case ..<93: text.append(0x21 + UInt8(value) + (value >= 0x3c - 0x21 ? 1 : 0))
    case ..<122:
      let scalar = 0xa1 + (value - 93) << 6 + next(6)
      text.append(UInt8(0xc0 | scalar >> 6))
      text.append(UInt8(0x80 | scalar & 0x3f))
    default:
      let scalar = 0x3400 + (value - 122) << 13 + next(value == 127 ? 10 : 13)
      text.append(UInt8(0xe0 | scalar >> 12))
      text.append(UInt8(0x80 | scalar >> 6 & 0x3f))
      text.append(UInt8(0x80 | scalar & 0x3f))
    }
  }

  /// Takes the lowest bits.
  private mutating func next(_ count: Int) -> UInt64 {
    defer {
      bits >>= UInt64(count)
      bitCount -= count
    }
    return bits & (1 << UInt64(count) - 1)
  }
}
