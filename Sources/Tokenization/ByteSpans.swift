extension [UInt8] {
  /// Appends the bytes of `span`.
  package mutating func append(copying span: Span<UInt8>) {
    // All empty arrays of the process share one buffer, to which appending nothing would still write a length.
    guard !span.isEmpty else { return }
    append(addingCapacity: span.count) { output in
      for index in span.indices { output.append(span[index]) }
    }
  }

  /// Creates an array of the bytes of `span`.
  package init(copying span: Span<UInt8>) {
    self = []
    append(copying: span)
  }
}

extension Span<UInt8> {
  /// Is true if all bytes are below 0x80. Eight bytes are tested at a time.
  package var isASCII: Bool {
    let bytes = bytes
    var union: UInt64 = 0
    let whole = count & ~7
    for start in stride(from: 0, to: whole, by: 8) {
      union |= bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self)
    }
    for index in whole..<count { union |= UInt64(self[index]) }
    return union & 0x8080_8080_8080_8080 == 0
  }

  package func isEqual(to other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    for index in indices where self[index] != other[index] { return false }
    return true
  }
}
