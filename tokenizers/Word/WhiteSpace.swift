/// Unicode's white space, a property that is stable across versions of Unicode.
package enum WhiteSpace {
  package static func contains(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x09...0x0d, 0x20, 0x85, 0xa0, 0x1680, 0x2000...0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000: true
    default: false
    }
  }

  /// Returns the number of bytes of the white-space scalar at `offset`, or 0 if another scalar is there.
  @inline(__always)
  package static func length(at offset: Int, in text: Span<UInt8>) -> Int {
    let lead = text[offset]
    if lead < 0x80 { return contains(UInt32(lead)) ? 1 : 0 }
    if lead == 0xc2 && offset + 1 < text.count {
      return contains(UInt32(text[offset + 1])) ? 2 : 0
    }
    if lead >= 0xe1 && lead <= 0xe3 && offset + 2 < text.count {
      let scalar = UInt32(lead & 0x0f) << 12 | UInt32(text[offset + 1] & 0x3f) << 6 | UInt32(text[offset + 2] & 0x3f)
      return contains(scalar) ? 3 : 0
    }
    return 0
  }

  /// Returns true if `text` is empty or consists of white space.
  package static func fills(_ text: Span<UInt8>) -> Bool {
    var offset = 0
    while offset < text.count {
      let length = length(at: offset, in: text)
      if length == 0 { return false }
      offset += length
    }
    return true
  }
}
