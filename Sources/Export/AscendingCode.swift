/// Ascending whole numbers of 32 bits in little more room than information theory asks for: the gaps between them in Rice's code.
///
/// Of each gap the last `bits` bits are written as they are, and before them what is left, as so many ones and a zero. 30,000 random
/// numbers take 18.6 bits each.
struct AscendingCode {
  let bits: Int
  private(set) var bytes: [UInt8] = []
  private var freeBits = 0

  init(_ numbers: [UInt32]) {
    // About the logarithm of the mean gap.
    let mean = UInt64(UInt32.max) / UInt64(max(1, numbers.count))
    bits = max(0, 63 - mean.leadingZeroBitCount)
    var last: UInt32 = 0
    for number in numbers {
      write(gap: number - last)
      last = number
    }
  }

  private mutating func write(gap: UInt32) {
    for _ in 0..<UInt64(gap) >> UInt64(bits) { write(bit: 1) }
    write(bit: 0)
    for shift in (0..<bits).reversed() { write(bit: UInt8(truncatingIfNeeded: gap >> UInt32(shift) & 1)) }
  }

  private mutating func write(bit: UInt8) {
    if freeBits == 0 {
      bytes.append(0)
      freeBits = 8
    }
    freeBits -= 1
    bytes[bytes.count - 1] |= bit << UInt8(freeBits)
  }
}
