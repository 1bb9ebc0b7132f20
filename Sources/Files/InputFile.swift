/// A file with random access: on a disk, or bytes in memory.
package final class InputFile: Sendable {
  /// The path or name, for error messages.
  package let path: String

  /// The size in bytes when the file was opened.
  package let count: Int

  private let descriptor: Descriptor?
  private let memory: [UInt8]

  /// Opens a regular file. Folders, pipes and devices are refused, because they have no random access.
  package init(_ path: String) throws(FileError) {
    do throws(SystemError) {
      let descriptor = try Descriptor(path, for: .readingParts)
      let status = try descriptor.status()
      switch status.kind {
      case .regular: break
      case .folder: throw SystemError.isAFolder
      case .other: throw SystemError.illegalSeek
      }
      // Only where `Int` has 32 bits can a file have more bytes than that.
      guard let count = Int(exactly: status.size) else { throw SystemError.tooLarge }
      self.path = path
      self.count = count
      self.descriptor = descriptor
      self.memory = []
    } catch {
      throw .reading(path, error)
    }
  }

  /// Creates a file from bytes in memory.
  package init(_ bytes: [UInt8], named name: String) {
    path = name
    count = bytes.count
    descriptor = nil
    memory = bytes
  }

  /// Returns true if a file, folder or device has this path.
  package static func exists(_ path: String) -> Bool {
    do throws(SystemError) {
      _ = try FileStatus(of: path)
      return true
    } catch {
      return error != .noSuchFile && error != .notAFolder
    }
  }

  /// Returns true if two paths refer to the same file: `names.txt`, `./names.txt`, a link to it. If neither exists, the
  /// result tells whether they would refer to the same file.
  package static func isSame(_ path: String, _ other: String) -> Bool {
    if path == other { return true }
    do throws(SystemError) {
      let (path, other) = (try Path.resolved(path), try Path.resolved(other))
      do throws(SystemError) {
        return try FileStatus(of: path).identity == FileStatus(of: other).identity
      } catch .noSuchFile {
        guard !exists(path) && !exists(other) && Path.name(of: path) == Path.name(of: other) else { return false }
        return try FileStatus(of: Path.folder(of: path)).identity == FileStatus(of: Path.folder(of: other)).identity
      }
    } catch {
      return false
    }
  }

  /// Returns all bytes of a regular file with at most `limit` bytes.
  package static func contents(of path: String, upTo limit: Int) throws(FileError) -> [UInt8] {
    let file = try InputFile(path)
    func check(_ count: Int) throws(FileError) {
      guard count <= limit else {
        throw FileError(.tooLarge, path, "\(path) has \(count) bytes; the limit is \(limit).")
      }
    }
    try check(file.count)
    if file.count > 0 { return try file.bytes(0..<file.count) }
    // Some files of the system, as in /proc, report a size of 0 but have contents.
    var bytes: [UInt8] = []
    var part: [UInt8] = Array(repeating: 0, count: 1 << 16)
    while true {
      let count = try file.read(into: &part, at: bytes.count)
      if count == 0 { return bytes }
      bytes += part[..<count]
      try check(bytes.count)
    }
  }

  /// Reads into `part` from `offset` in the file on and returns the number of bytes; 0 at the end.
  private func read(into part: inout [UInt8], at offset: Int) throws(FileError) -> Int {
    do throws(SystemError) { return try descriptor?.read(into: &part, from: 0, at: offset) ?? 0 } catch {
      throw .reading(path, error)
    }
  }

  package func bytes(_ range: Range<Int>) throws(FileError) -> [UInt8] {
    try elements(of: UInt8.self, in: range)
  }

  /// The 32-bit floats in the byte range, little-endian like all supported machines.
  package func floats(_ range: Range<Int>) throws(FileError) -> [Float] {
    #if _endian(big)
      #error("files are little-endian")
    #endif
    return try elements(of: Float.self, in: range)
  }

  /// The 64-bit integers in the byte range, little-endian.
  package func integers(_ range: Range<Int>) throws(FileError) -> [Int64] {
    try elements(of: Int64.self, in: range)
  }

  /// The 32-bit integers in the byte range, little-endian.
  package func words(_ range: Range<Int>) throws(FileError) -> [Int32] {
    try elements(of: Int32.self, in: range)
  }

  /// The 16-bit natural numbers in the byte range, little-endian.
  package func shorts(_ range: Range<Int>) throws(FileError) -> [UInt16] {
    try elements(of: UInt16.self, in: range)
  }

  private func elements<Element: BitwiseCopyable & ExpressibleByIntegerLiteral>(
    of type: Element.Type, in range: Range<Int>
  ) throws(FileError) -> [Element] {
    guard range.lowerBound >= 0 && range.upperBound <= count else { throw shortened }
    var elements = Array(repeating: 0 as Element, count: range.count / MemoryLayout<Element>.stride)
    var span = elements.mutableSpan
    var bytes = span.mutableBytes
    try fill(&bytes, at: range.lowerBound)
    return elements
  }

  private func fill(_ bytes: inout MutableRawSpan, at offset: Int) throws(FileError) {
    guard let descriptor else {
      for index in 0..<bytes.byteCount {
        bytes.storeBytes(of: memory[offset + index], toByteOffset: index, as: UInt8.self)
      }
      return
    }
    var filled = 0
    while filled < bytes.byteCount {
      let count: Int
      do throws(SystemError) { count = try descriptor.read(into: &bytes, from: filled, at: offset + filled) } catch {
        throw .reading(path, error)
      }
      guard count > 0 else { throw shortened }
      filled += count
    }
  }

  private var shortened: FileError {
    FileError(.inputOutput, path, "\(path) became shorter while it was being read.")
  }
}
