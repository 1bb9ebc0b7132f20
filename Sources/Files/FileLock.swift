/// The sole right to write a file, for as long as this value lives; the system takes it back when the process dies.
///
///     let lock = try FileLock(writing: "names.safetensors")
///     defer { _ = lock }
///
/// Beside NAME stands `.NAME.lock` with the number of the process, so that a second one can name the first.
package struct FileLock: ~Copyable {
  private let path: String
  private let descriptor: Descriptor

  /// Throws a `FileError` of kind `busy` at once when somebody else has the lock.
  package init(writing target: String) throws(FileError) {
    (path, descriptor) = try Self.take(target)
  }

  private static func take(_ target: String) throws(FileError) -> (String, Descriptor) {
    var path = target
    do throws(SystemError) {
      path = Path.sibling(of: try Path.resolved(target), prefix: ".", suffix: ".lock")
      let descriptor = try Descriptor.locked(path)
      try descriptor.truncate(to: 0)
      try descriptor.write(Array("\(processNumber)\n".utf8).span.bytes)
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
  /// Opens and locks `path`, creating it if need be; throws `wouldBlock` when another has the lock.
  static func locked(_ path: String) throws(SystemError) -> Descriptor {
    while true {
      let descriptor = try Descriptor(path, for: .locking)
      try descriptor.lock()
      // Between opening and locking, the one who had the lock may have renamed or removed the file.
      let status = try descriptor.status()
      do throws(SystemError) {
        if status.links == 1, try FileStatus(of: path).identity == status.identity { return descriptor }
        if status.links > 1 { try Path.remove(path) }
      } catch .noSuchFile {}
    }
  }
}
