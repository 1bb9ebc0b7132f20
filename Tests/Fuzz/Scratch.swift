import Glibc

/// A file in memory, for code that reads files by their paths. Its name is removed as soon as it is open.
final class Scratch: Sendable {
  private let descriptor: Int32

  init() {
    var name = Array("/dev/shm/swiftlet-fuzz-XXXXXX".utf8CString)
    descriptor = mkstemp(&name)
    unlink(name)
  }

  var path: String { "/proc/self/fd/\(descriptor)" }

  /// Replaces the contents of the file by `bytes`.
  func write(_ bytes: [UInt8]) {
    guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else {
      fatalError("the scratch file cannot be written")
    }
  }
}
