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

/// Standard output as the destination of a file.
package struct StandardOutput: ~Copyable, ByteSink {
  package var path: String { "standard output" }
  private let descriptor: Descriptor

  package init() throws(FileError) {
    do throws(SystemError) { descriptor = try .standardOutput() } catch { throw .writing("standard output", error) }
  }

  package func write(_ bytes: RawSpan) throws(FileError) {
    do throws(SystemError) { try descriptor.write(bytes) } catch {
      throw FileError(.inputOutput, path, "standard output cannot be written: \(error).")
    }
  }
}
