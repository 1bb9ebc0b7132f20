/// Numbers in llama.cpp's type Q8_0: blocks of 32, each with a scale in 16 bits and a signed byte for every number.
struct QuantizedBlocks: Sendable {
  /// The numbers in a block. A row consists of whole blocks.
  static let size = 32

  let count: Int
  /// The blocks one after the other: the scale, little-endian, and the bytes.
  let bytes: [UInt8]

  /// - Returns: `nil` if a scale is too large for 16 bits.
  init?(_ values: [Float]) {
    precondition(values.count.isMultiple(of: Self.size), "\(values.count) numbers are no whole blocks")
    var bytes: [UInt8] = []
    bytes.reserveCapacity(values.count / Self.size * (Self.size + 2))
    for start in stride(from: 0, to: values.count, by: Self.size) {
      let block = values[start..<start + Self.size]
      let scale = block.reduce(0) { max($0, $1.magnitude) } / 127
      let half = Float16(scale)
      guard half.isFinite else { return nil }
      bytes += [UInt8(truncatingIfNeeded: half.bitPattern), UInt8(truncatingIfNeeded: half.bitPattern >> 8)]
      // As llama.cpp's own program does: by the scale before it was rounded.
      let inverse = scale > 0 ? 1 / scale : 0
      for value in block { bytes.append(UInt8(bitPattern: Int8(clamping: Int((value * inverse).rounded())))) }
    }
    (count, self.bytes) = (values.count, bytes)
  }
}
