/// A 64-bit hash that is the same on every machine and in every version, so that files can store it.
///
/// It is not cryptographic: collisions can be constructed.
package struct StableHash: Sendable {
  private var state: UInt64
  private var length: UInt64 = 0

  /// Creates a hash; different seeds give independent hashes.
  package init(seed: UInt64 = 0) {
    state = Self.fold(seed ^ 0x9e37_79b9_7f4a_7c15, 0xd1b5_4a32_d192_ed03)
  }

  /// Adds `bytes`. The boundaries between calls are part of what is hashed.
  package mutating func combine(_ bytes: Span<UInt8>) {
    let raw = bytes.bytes
    let whole = bytes.count & ~7
    for offset in stride(from: 0, to: whole, by: 8) {
      combine(UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)))
    }
    var rest: UInt64 = 0
    for index in (whole..<bytes.count).reversed() { rest = rest << 8 | UInt64(bytes[index]) }
    combine(rest ^ UInt64(bytes.count) << 56)
    length &+= UInt64(bytes.count)
  }

  /// Adds the UTF-8 bytes of `text`.
  package mutating func combine(_ text: String) {
    combine(Array(text.utf8).span)
  }

  /// Adds the bit patterns of `numbers`.
  package mutating func combine(_ numbers: [Float]) {
    for number in numbers { combine(UInt64(number.bitPattern)) }
  }

  package mutating func combine(_ word: UInt64) {
    state = Self.fold(state ^ word, 0x9e6c_63d0_876a_3f6b)
  }

  package var value: UInt64 {
    Self.fold(state ^ length, 0xe703_7ed1_a0b4_28db)
  }

  /// The value as sixteen hexadecimal digits.
  package var digits: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  /// The exclusive or of the two halves of a 128-bit product.
  private static func fold(_ one: UInt64, _ other: UInt64) -> UInt64 {
    let product = (one ^ 0xa076_1d64_78bd_642f).multipliedFullWidth(by: other)
    return product.high ^ product.low
  }
}
