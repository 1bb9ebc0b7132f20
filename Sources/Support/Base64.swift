/// The digits of base64 (RFC 4648).
private let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

/// Returns `bytes` in the base64 encoding of RFC 4648, with padding.
package func base64(_ bytes: some Sequence<UInt8>) -> [UInt8] {
  var result: [UInt8] = []
  var buffer: UInt32 = 0
  var bits = 0
  for byte in bytes {
    buffer = buffer << 8 | UInt32(byte)
    bits += 8
    while bits >= 6 {
      bits -= 6
      result.append(digits[Int(buffer >> UInt32(bits) & 63)])
    }
  }
  if bits > 0 { result.append(digits[Int(buffer << UInt32(6 - bits) & 63)]) }
  while !result.count.isMultiple(of: 4) { result.append(UInt8(ascii: "=")) }
  return result
}

/// Returns the bytes that `text` encodes; `nil` if it is not base64 with padding.
package func bytes(ofBase64 text: String) -> [UInt8]? {
  guard text.utf8.count.isMultiple(of: 4) else { return nil }
  var values = [UInt8](repeating: 64, count: 256)
  for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
  var result: [UInt8] = []
  result.reserveCapacity(text.utf8.count / 4 * 3)
  var buffer: UInt32 = 0
  var bits = 0
  var padding = 0
  for digit in text.utf8 {
    if digit == UInt8(ascii: "=") {
      padding += 1
      continue
    }
    let value = values[Int(digit)]
    guard value < 64, padding == 0 else { return nil }
    buffer = buffer << 6 | UInt32(value)
    bits += 6
    if bits >= 8 {
      bits -= 8
      result.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
    }
  }
  return padding <= 2 ? result : nil
}
