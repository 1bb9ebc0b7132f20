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
