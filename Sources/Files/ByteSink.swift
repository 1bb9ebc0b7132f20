/// A destination of bytes: a file under construction, or standard output.
package protocol ByteSink: ~Copyable {
  /// The path or name, for error messages.
  var path: String { get }

  func write(_ bytes: RawSpan) throws(FileError)
}

extension ByteSink where Self: ~Copyable {
  package func write(_ bytes: [UInt8]) throws(FileError) { try write(bytes.span.bytes) }

  /// Writes the numbers as four bytes each, little-endian.
  package func write(_ numbers: [Float]) throws(FileError) { try write(numbers.span.bytes) }

  /// Writes the numbers as eight bytes each, little-endian.
  package func write(_ numbers: [Int64]) throws(FileError) { try write(numbers.span.bytes) }

  /// Writes the numbers as four bytes each, little-endian.
  package func write(_ numbers: [Int32]) throws(FileError) { try write(numbers.span.bytes) }

  /// Writes the numbers as two bytes each, little-endian.
  package func write(_ numbers: [UInt16]) throws(FileError) { try write(numbers.span.bytes) }
}
