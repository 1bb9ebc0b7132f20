import Glibc

/// The `errno` of a failed system call, with the system's description.
struct SystemError: Error, Equatable, CustomStringConvertible {
  let number: Int32

  static let noSuchFile = SystemError(number: ENOENT)
  static let fileExists = SystemError(number: EEXIST)
  static let notAFolder = SystemError(number: ENOTDIR)
  static let isAFolder = SystemError(number: EISDIR)
  static let notPermitted = SystemError(number: EPERM)
  static let accessDenied = SystemError(number: EACCES)
  static let readOnlyFileSystem = SystemError(number: EROFS)
  static let noSpace = SystemError(number: ENOSPC)
  static let overQuota = SystemError(number: EDQUOT)
  static let inputOutput = SystemError(number: EIO)
  static let invalidArgument = SystemError(number: EINVAL)
  static let wouldBlock = SystemError(number: EWOULDBLOCK)
  static let illegalSeek = SystemError(number: ESPIPE)
  static let illegalByteSequence = SystemError(number: EILSEQ)
  /// The error of opening a socket by its path.
  static let noSuchDevice = SystemError(number: ENXIO)
  static let notSupported = SystemError(number: ENOTSUP)
  static let notImplemented = SystemError(number: ENOSYS)
  static let noLocks = SystemError(number: ENOLCK)
  static let tooManyLinks = SystemError(number: EMLINK)
  static let tooLarge = SystemError(number: EFBIG)

  var description: String { String(cString: strerror(number)) }
}

/// The index of the first `byte` in `bytes`.
func firstIndex(of byte: UInt8, in bytes: ArraySlice<UInt8>) -> Int? {
  bytes.withUnsafeBytes { buffer in
    guard let base = buffer.baseAddress, let found = memchr(base, Int32(byte), buffer.count) else { return nil }
    return bytes.startIndex + (UnsafeRawPointer(found) - base)
  }
}

/// Returns the result of `call`, which is repeated if a signal interrupts it.
private func retrying<Result: SignedInteger>(_ call: () -> Result) throws(SystemError) -> Result {
  while true {
    let result = call()
    if result >= 0 { return result }
    if errno != EINTR { throw SystemError(number: errno) }
  }
}

/// The metadata of a file.
struct FileStatus {
  enum Kind { case regular, folder, other }

  let kind: Kind
  let size: Int64
  let permissions: UInt32
  let links: Int
  /// The time of the last change, in seconds since 1970.
  let modified: Int
  /// The device and inode number: equal for two names of one file.
  let identity: [UInt64]

  fileprivate init(_ status: stat) {
    switch UInt32(status.st_mode) & UInt32(S_IFMT) {
    case UInt32(S_IFREG): kind = .regular
    case UInt32(S_IFDIR): kind = .folder
    default: kind = .other
    }
    size = Int64(status.st_size)
    permissions = UInt32(status.st_mode) & 0o777
    links = Int(status.st_nlink)
    modified = Int(status.st_mtim.tv_sec)
    identity = [UInt64(truncatingIfNeeded: status.st_dev), UInt64(status.st_ino)]
  }

  init(of path: String) throws(SystemError) {
    var status = stat()
    _ = try retrying { stat(path, &status) }
    self.init(status)
  }
}

/// An open file, closed on deinitialization.
final class Descriptor: Sendable {
  enum Purpose { case reading, readingParts, replacing, appending, locking, folder }

  private let number: Int32

  /// Opens `path`, which must not contain NUL, where C would end it.
  init(_ path: String, for purpose: Purpose) throws(SystemError) {
    guard !path.utf8.contains(0) else { throw .invalidArgument }
    let flags =
      switch purpose {
      case .reading: O_RDONLY
      // Opening a pipe must not wait for its writer.
      case .readingParts: O_RDONLY | O_NONBLOCK
      case .replacing: O_WRONLY | O_CREAT | O_TRUNC
      case .appending: O_WRONLY | O_CREAT | O_APPEND
      case .locking: O_RDWR | O_CREAT | O_NOFOLLOW
      case .folder: O_RDONLY | O_DIRECTORY
      }
    number = try retrying { open(path, flags | O_CLOEXEC, 0o666) }
  }

  private init(number: Int32) { self.number = number }

  /// Opens a file, pipe or device for reading.
  static func input(_ path: String) throws(FileError) -> Descriptor {
    do throws(SystemError) {
      let descriptor = try Descriptor(path, for: .reading)
      if try descriptor.status().kind == .folder { throw SystemError.isAFolder }
      return descriptor
    } catch {
      throw .reading(path, error)
    }
  }

  /// A duplicate of the descriptor of standard input.
  static func standardInput() throws(FileError) -> Descriptor {
    do throws(SystemError) {
      return Descriptor(number: try retrying { dup(STDIN_FILENO) })
    } catch {
      throw .reading("standard input", error)
    }
  }

  /// A duplicate of the descriptor of standard output.
  static func standardOutput() throws(SystemError) -> Descriptor {
    Descriptor(number: try retrying { dup(STDOUT_FILENO) })
  }

  deinit { _ = close(number) }

  func status() throws(SystemError) -> FileStatus {
    var status = stat()
    _ = try retrying { fstat(number, &status) }
    return FileStatus(status)
  }

  /// Reads into `buffer` from index `start` on, from `offset` in the file or the current position, and returns the
  /// number of bytes; 0 at the end of the file.
  func read(into buffer: inout [UInt8], from start: Int, at offset: Int? = nil) throws(SystemError) -> Int {
    var span = buffer.mutableSpan
    var bytes = span.mutableBytes
    return try read(into: &bytes, from: start, at: offset)
  }

  func read(into bytes: inout MutableRawSpan, from start: Int, at offset: Int? = nil) throws(SystemError) -> Int {
    try bytes.withUnsafeMutableBytes { (bytes) throws(SystemError) in
      let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[start...])
      let count = min(rest.count, 1 << 30)
      guard let offset else { return try retrying { systemRead(number, rest.baseAddress, count) } }
      return try retrying { pread(number, rest.baseAddress, count, off_t(offset)) }
    }
  }

  /// Writes all of `bytes`.
  func write(_ bytes: RawSpan) throws(SystemError) {
    var rest = bytes
    while !rest.isEmpty {
      let written = try rest.extracting(first: 1 << 30).withUnsafeBytes { (part) throws(SystemError) in
        try retrying { systemWrite(number, part.baseAddress, part.count) }
      }
      guard written > 0 else { throw .inputOutput }
      rest = rest.extracting(droppingFirst: written)
    }
  }

  func truncate(to size: Int64) throws(SystemError) {
    _ = try retrying { ftruncate(number, off_t(size)) }
  }

  func setPermissions(_ permissions: UInt32) throws(SystemError) {
    _ = try retrying { fchmod(number, mode_t(permissions)) }
  }

  /// Returns when all data is on the device. Ignores EINVAL, with which some file systems refuse this for folders.
  func synchronize() throws(SystemError) {
    do { _ = try retrying { fsync(number) } } catch .invalidArgument {}
  }

  /// Locks the file, or throws `wouldBlock`. Does nothing on file systems without locks.
  func lock() throws(SystemError) {
    do {
      _ = try retrying { flock(number, LOCK_EX | LOCK_NB) }
    } catch .notSupported, .notImplemented, .noLocks {}
  }
}

/// Operations on paths.
enum Path {
  /// The target of `path` if it is a symbolic link, otherwise `path` itself. A target that is not valid UTF-8 is an
  /// error, because as a string it would be a different path.
  static func resolved(_ path: String) throws(SystemError) -> String {
    guard !path.isEmpty else { throw .noSuchFile }
    guard !path.utf8.contains(0) else { throw .invalidArgument }
    var status = stat()
    guard lstat(path, &status) == 0, UInt32(status.st_mode) & UInt32(S_IFMT) == UInt32(S_IFLNK) else { return path }
    guard let resolved = realpath(path, nil) else { throw SystemError(number: errno) }
    defer { free(resolved) }
    guard let path = String(validatingCString: resolved) else { throw .illegalByteSequence }
    return path
  }

  static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func name(of path: String) -> Substring {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path[...] }
    return path[path.utf8.index(after: slash)...]
  }

  /// `prefix` + the last component + `suffix`, in the same folder.
  static func sibling(of path: String, prefix: String, suffix: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return prefix + path + suffix }
    let name = path.utf8.index(after: slash)
    return path[..<name] + prefix + path[name...] + suffix
  }

  /// Returns true if the file may be written. Root may write everything, but a file that is read-only for all is
  /// protected from root too.
  static func mayWrite(_ path: String) -> Bool {
    guard access(path, W_OK) == 0, let status = try? FileStatus(of: path) else { return false }
    return status.permissions & 0o222 != 0
  }

  static func makeFolder(_ path: String) throws(SystemError) {
    _ = try retrying { mkdir(path, 0o777) }
  }

  static func names(in folder: String) throws(SystemError) -> [String] {
    guard let stream = opendir(folder) else { throw SystemError(number: errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: $0.pointee)) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  static func rename(_ path: String, to other: String) throws(SystemError) {
    _ = try retrying { systemRename(path, other) }
  }

  static func link(_ path: String, as other: String) throws(SystemError) {
    _ = try retrying { systemLink(path, other) }
  }

  static func remove(_ path: String) throws(SystemError) {
    _ = try retrying { unlink(path) }
  }

  /// The free bytes for ordinary users on the file system of `folder`.
  static func freeSpace(of folder: String) throws(SystemError) -> UInt64 {
    var status = statvfs()
    _ = try retrying { statvfs(folder, &status) }
    let (bytes, overflow) = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
    return overflow ? .max : bytes
  }
}

/// System calls that methods of the same name shadow.
private let systemRead = read
private let systemWrite = write
private let systemRename = rename
private let systemLink = link

/// The memory of the machine and the limit of this process, in bytes.
enum SystemMemory {
  static let physical = Int(
    clamping: Int64(sysconf(Int32(_SC_PHYS_PAGES))) * Int64(sysconf(Int32(_SC_PAGESIZE))))

  /// The limit of the address space (`ulimit -v`).
  static var limit: Int? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 else { return nil }
    return Int(exactly: limit.rlim_cur)
  }
}
