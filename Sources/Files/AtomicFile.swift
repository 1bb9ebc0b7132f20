/// A file under construction that replaces the old file only when it is complete and on the disk.
///
///     let file = try AtomicFile(replacing: "names.safetensors", keepingPrevious: true)
///     try file.write(header)
///     try file.commit()
///
/// Whatever happens before `commit` returns, the name refers to either the complete old file or the complete new one.
/// The new file is written to `.NAME.partial` in the same folder. That file is removed together with this value; if a
/// killed process leaves it behind, the next write reuses it.
package struct AtomicFile: ~Copyable, ByteSink {
  /// The path as given, for error messages.
  package let path: String

  private let target: String
  private let partial: String
  private let descriptor: Descriptor
  private let keepsPrevious: Bool
  private var isCommitted = false

  /// Begins a new version of the file at `path`. `keepingPrevious` keeps the old version as `NAME.previous`.
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

  /// Checks, before long work, that `path` can be written: its folder, the permissions, `byteCount` bytes of free
  /// space.
  package static func check(_ path: String, byteCount: Int) throws(FileError) {
    let file = try AtomicFile(replacing: path)
    let free: UInt64
    do throws(SystemError) { free = try Path.freeSpace(of: Path.folder(of: file.target)) } catch {
      throw .creating(path, error)
    }
    guard free >= byteCount else {
      throw FileError(.inputOutput, path, "\(path) needs \(byteCount) bytes, but its disk has only \(free) free.")
    }
  }

  /// Removes the file at `path`, if there is one.
  package static func remove(_ path: String) throws(FileError) {
    do throws(SystemError) { try Path.remove(path) } catch .noSuchFile {} catch {
      throw FileError(.inputOutput, path, "\(path) cannot be removed: \(error).")
    }
  }

  package func write(_ bytes: RawSpan) throws(FileError) {
    do throws(SystemError) {
      try descriptor.write(bytes)
    } catch {
      throw .writing(path, error)
    }
  }

  /// Replaces the old file by the new one; returns when the replacement survives a power failure.
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
      throw FileError(.inputOutput, path, "\(path) is written, but may not survive a power failure: \(error).")
    }
  }

  /// Gives the old file a second name, so that it always has one.
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

  /// The replacement for a hard link on file systems without them, such as FAT.
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

  /// The permissions of the file at `path`; `nil` if there is none.
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
