import Glibc

/// The exclusive right to write a file during the lifetime of this value; the system releases it if the process dies.
///
///     let lock = try FileLock(writing: "names.safetensors")
///     defer { _ = lock }
///
/// The file `.NAME.lock` beside NAME holds the process identifier, which another process can report.
package struct FileLock: ~Copyable, Sendable {
  /// The path of the lock file.
  package let path: String
  private let descriptor: Descriptor

  /// Takes the lock, or throws a `FileError` of kind `busy` at once if another process has it.
  package init(writing target: String) throws(FileError) {
    (path, descriptor) = try Self.take(target)
  }

  /// Checks, before long work, that no other process has the lock.
  package static func check(writing target: String) throws(FileError) {
    _ = try FileLock(writing: target)
  }

  private static func take(_ target: String) throws(FileError) -> (String, Descriptor) {
    var path = target
    do throws(SystemError) {
      path = Path.sibling(of: try Path.resolved(target), prefix: ".", suffix: ".lock")
      let descriptor = try Descriptor.locked(path)
      try descriptor.truncate(to: 0)
      try descriptor.write(Array("\(getpid())\n".utf8).span.bytes)
      return (path, descriptor)
    } catch {
      throw error == .wouldBlock ? busy(target, lock: path) : .creating(target, error)
    }
  }

  deinit { try? Path.remove(path) }

  private static func busy(_ target: String, lock: String) -> FileError {
    var owner = "another process"
    if let contents = try? InputFile.contents(of: lock, upTo: 100),
      let number = Int32(String(decoding: contents.dropLast(), as: UTF8.self))
    {
      owner = "process \(number)"
    }
    return FileError(.busy, target, "\(target) is being written by \(owner).")
  }
}

extension Descriptor {
  /// Opens and locks `path`, creating it if necessary; throws `wouldBlock` if another process has the lock.
  static func locked(_ path: String) throws(SystemError) -> Descriptor {
    while true {
      let descriptor = try Descriptor(path, for: .locking)
      try descriptor.lock()
      // The previous owner of the lock may have renamed or removed the file between opening and locking.
      let status = try descriptor.status()
      do throws(SystemError) {
        if status.links == 1, try FileStatus(of: path).identity == status.identity { return descriptor }
        if status.links > 1 { try Path.remove(path) }
      } catch .noSuchFile {}
    }
  }
}
