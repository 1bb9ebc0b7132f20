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
