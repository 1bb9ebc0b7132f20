/// A file being written that takes its place only when it is complete and on the disk.
///
///     let file = try AtomicFile(replacing: "names.safetensors", keepingPrevious: true)
///     try file.write(header)
///     try file.commit()
///
/// Whatever happens before `commit` returns, under the name stands either all of the old file or all of the new one.
/// The new one grows in the same folder as `.NAME.partial`, which goes when this value does, and which a later write
/// takes over where a killed process left it behind.
package struct AtomicFile: ~Copyable {
  /// The name as the caller gave it, for error messages.
  package let path: String

  private let target: String
  private let partial: String
  private let descriptor: Descriptor
  private let keepsPrevious: Bool
  private var isCommitted = false

  /// Begins to write what will be `path`. `keepingPrevious` leaves the old file behind as `NAME.previous`.
  package init(replacing path: String, keepingPrevious: Bool = false) throws(FileError) {
    self.path = path
    keepsPrevious = keepingPrevious
    (target, partial, descriptor) = try Self.begin(path)
  }

  private static func begin(_ path: String) throws(FileError) -> (String, String, Descriptor) {
    do throws(SystemError) {
      let target = try Path.resolved(path)
      let permissions = try permissions(of: target)
      guard permissions == nil || Path.mayWrite(target) else { throw SystemError.accessDenied }
      let partial = Path.sibling(of: target, prefix: ".", suffix: ".partial")
      let descriptor = try Descriptor.locked(partial)
      try descriptor.truncate(to: 0)
      if let permissions { try descriptor.setPermissions(permissions) }
      return (target, partial, descriptor)
    } catch {
      throw .creating(path, error)
    }
  }

  deinit {
    if !isCommitted { try? Path.remove(partial) }
  }

  /// Finds out before the work whether `path` can be written when it is done: its folder, the permissions, `byteCount` bytes of room.
  package static func check(_ path: String, byteCount: Int) throws(FileError) {
    let file = try AtomicFile(replacing: path)
    let free: UInt64
    do throws(SystemError) { free = try Path.freeSpace(of: Path.folder(of: file.target)) } catch {
      throw .creating(path, error)
    }
    guard free >= byteCount else {
      throw FileError(.inputOutput, path, "\(path) needs \(byteCount) bytes, and its disk has room for \(free) more.")
    }
  }

  package func write(_ bytes: [UInt8]) throws(FileError) { try write(bytes.span.bytes) }

  /// Writes the numbers as four bytes each, little-endian.
  package func write(_ numbers: [Float]) throws(FileError) { try write(numbers.span.bytes) }

  /// Writes the numbers as eight bytes each, little-endian.
  package func write(_ numbers: [Int64]) throws(FileError) { try write(numbers.span.bytes) }

  package func write(_ bytes: RawSpan) throws(FileError) {
    do throws(SystemError) {
      try descriptor.write(bytes)
    } catch {
      throw .writing(path, error)
    }
  }

  /// Puts what was written in the place of the old file, and returns when a power cut could not undo it.
  package consuming func commit() throws(FileError) {
    do throws(SystemError) {
      try descriptor.synchronize()
      if keepsPrevious { try keepPrevious() }
      try Path.rename(partial, to: target)
      isCommitted = true
    } catch {
      throw .writing(path, error)
    }
    do throws(SystemError) {
      try Descriptor(Path.folder(of: target), for: .folder).synchronize()
    } catch {
      throw FileError(.inputOutput, path, "\(path) is written, but may not survive a power cut: \(error).")
    }
  }

  /// Gives the old file a second name, so that at no moment it has none.
  private func keepPrevious() throws(SystemError) {
    let previous = Path.sibling(of: target, prefix: "", suffix: ".previous")
    let fresh = Path.sibling(of: target, prefix: ".", suffix: ".previous")
    try? Path.remove(fresh)
    do throws(SystemError) {
      try Path.link(target, as: fresh)
    } catch {
      switch error {
      case .noSuchFile: return
      case .notPermitted, .notSupported, .tooManyLinks: try Self.copy(target, to: fresh)
      default: throw error
      }
    }
    try Path.rename(fresh, to: previous)
    try? Path.remove(fresh)
  }

  /// What stands in for a second name on file systems that have none, such as FAT.
  static func copy(_ path: String, to other: String) throws(SystemError) {
    let source = try Descriptor(path, for: .reading)
    let copy = try Descriptor(other, for: .replacing)
    var buffer: [UInt8] = Array(repeating: 0, count: 1 << 18)
    while true {
      let count = try source.read(into: &buffer, from: 0)
      if count == 0 { break }
      try copy.write(buffer.span.extracting(0..<count).bytes)
    }
    try copy.synchronize()
  }

  /// The permissions of the file that stands at `path` and is to be replaced; `nil` when there is none.
  private static func permissions(of path: String) throws(SystemError) -> UInt32? {
    let status: FileStatus
    do throws(SystemError) { status = try FileStatus(of: path) } catch .noSuchFile { return nil }
    switch status.kind {
    case .folder: throw .isAFolder
    case .other: throw .illegalSeek
    case .regular: return status.permissions
    }
  }
}
