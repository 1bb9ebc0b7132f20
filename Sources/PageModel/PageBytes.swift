/// Writes numbers and texts one after the other, little-endian, for `PageReader`.
struct PageWriter {
  private(set) var bytes: [UInt8] = []

  /// Writes the lowest bytes of a number.
  mutating func write(_ number: Int, width: Int = 4) {
    for shift in 0..<width { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * shift))) }
  }

  mutating func write(_ more: some Collection<UInt8>) {
    write(more.count)
    bytes += more
  }

  mutating func write(_ number: Double) {
    write(Int(truncatingIfNeeded: number.bitPattern))
    write(Int(truncatingIfNeeded: number.bitPattern >> 32))
  }
}

/// Reads what `PageWriter` wrote.
struct PageReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Throws unless `count` elements of `width` bytes are left.
  private func require(_ count: Int, width: Int = 1) throws(PageModelError) {
    guard (0...(bytes.count - position) / width).contains(count) else {
      throw PageModelError("The page is damaged.")
    }
  }

  /// Reads `count` numbers of `width` bytes, as their bits.
  mutating func numbers(_ count: Int, width: Int = 4) throws(PageModelError) -> [UInt32] {
    try require(count, width: width)
    var numbers: [UInt32] = []
    numbers.reserveCapacity(count)
    for _ in 0..<count {
      var number: UInt32 = 0
      for shift in 0..<width { number |= UInt32(bytes[position + shift]) << UInt32(8 * shift) }
      numbers.append(number)
      position += width
    }
    return numbers
  }

  mutating func number() throws(PageModelError) -> Int { Int(truncatingIfNeeded: try numbers(1)[0]) }

  mutating func text() throws(PageModelError) -> [UInt8] {
    let count = try number()
    try require(count)
    position += count
    return Array(bytes[position - count..<position])
  }

  mutating func double() throws(PageModelError) -> Double {
    let halves = try numbers(2)
    return Double(bitPattern: UInt64(halves[1]) << 32 | UInt64(halves[0]))
  }
}
