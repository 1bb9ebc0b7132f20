/// Bytes in memory, as the destination of a file.
package final class ByteArray: ByteSink {
  package let path: String
  package private(set) var bytes: [UInt8] = []

  package init(named name: String) { path = name }

  package func write(_ more: RawSpan) {
    bytes.append(copying: more)
  }

  /// Appends the bytes of a number, little-endian.
  package func append(_ number: some FixedWidthInteger) {
    for shift in stride(from: 0, to: number.bitWidth, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }
}

extension [UInt8] {
  fileprivate mutating func append(copying span: RawSpan) {
    guard !span.isEmpty else { return }
    append(addingCapacity: span.byteCount) { output in
      for offset in 0..<span.byteCount { output.append(span.unsafeLoad(fromByteOffset: offset, as: UInt8.self)) }
    }
  }
}
