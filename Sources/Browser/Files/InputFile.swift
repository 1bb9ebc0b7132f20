/// A file with random access, whose bytes the page has read into memory.
package final class InputFile: Sendable {
  /// The name, for error messages.
  package let path: String

  /// The size in bytes.
  package let count: Int

  private let memory: [UInt8]

  package init(_ bytes: [UInt8], named name: String) {
    path = name
    count = bytes.count
    memory = bytes
  }

  package func bytes(_ range: Range<Int>) -> [UInt8] {
    elements(of: UInt8.self, in: range)
  }

  /// The 32-bit floats in the byte range, little-endian.
  package func floats(_ range: Range<Int>) -> [Float] {
    elements(of: Float.self, in: range)
  }

  /// The 64-bit integers in the byte range, little-endian.
  package func integers(_ range: Range<Int>) -> [Int64] {
    elements(of: Int64.self, in: range)
  }

  /// The 32-bit integers in the byte range, little-endian.
  package func words(_ range: Range<Int>) -> [Int32] { elements(of: Int32.self, in: range) }

  /// The 16-bit integers in the byte range, little-endian.
  package func shorts(_ range: Range<Int>) -> [UInt16] { elements(of: UInt16.self, in: range) }

  private func elements<Element: BitwiseCopyable & ExpressibleByIntegerLiteral>(
    of type: Element.Type, in range: Range<Int>
  ) -> [Element] {
    let memory = memory
    let bytes = memory.span.bytes.extracting(range)
    var elements = Array(repeating: 0 as Element, count: range.count / MemoryLayout<Element>.stride)
    for index in elements.indices {
      elements[index] = bytes.unsafeLoadUnaligned(
        fromByteOffset: index * MemoryLayout<Element>.stride, as: Element.self)
    }
    return elements
  }
}
