import Files
import Foundation
import TestSupport
import Testing

/// Files on a full disk, without permission and under `kill -9`, each test in a process of its own.
@Suite struct BrokenMachineTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("model", "old")
    try folder.write("metrics", "one\n")
  }

  private func text(_ name: String) throws -> String { String(decoding: try folder.contents(name), as: UTF8.self) }

  @Test func `a full disk leaves the old file`() async throws {
    let path = folder.path("model")
    await #expect(processExitsWith: .success) { [path = path as String] in
      limitFileSize(to: 1 << 20)
      let file = try AtomicFile(replacing: path, keepingPrevious: true)
      let error = #expect(throws: FileError.self) {
        for _ in 0..<100 { try file.write([Float](repeating: 1, count: 10_000)) }
      }
      #expect(error?.kind == .inputOutput)
      #expect(
        error?.description == "\(path) cannot be written: File too large. The previous file, if any, is unchanged.")
    }
    #expect(try text("model") == "old")
    #expect(try folder.names == ["metrics", "model"])
  }

  @Test func `a full disk leaves whole lines`() async throws {
    let path = folder.path("metrics")
    await #expect(processExitsWith: .success) { [path = path as String] in
      limitFileSize(to: 50)
      let lines = try LineAppender(path, startingOver: false)
      try lines.append("two")
      #expect(throws: FileError.self) { try lines.append(String(repeating: "x", count: 100)) }
    }
    #expect(try text("metrics") == "one\ntwo\n")
  }

  @Test func `a read only folder is noticed at once`() async throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.url.path)
    let path = folder.path("new")
    await #expect(processExitsWith: .success) { [path = path as String] in
      becomeOrdinaryUser()
      let error = #expect(throws: FileError.self) { try AtomicFile.check(path, byteCount: 1) }
      #expect(error?.kind == .cannotCreate)
      #expect(error?.description.contains("may not be written to") == true)
      #expect(throws: FileError.self) { _ = try FileLock(writing: path) }
      #expect(throws: FileError.self) { _ = try LineAppender(path, startingOver: true) }
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.url.path)
    #expect(try folder.names == ["metrics", "model"])
  }

  @Test func `a file that may not be read or replaced is reported`() async throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.url.path)
    try FileManager.default.setAttributes([.posixPermissions: 0o000], ofItemAtPath: folder.path("model"))
    let path = folder.path("model")
    await #expect(processExitsWith: .success) { [path = path as String] in
      becomeOrdinaryUser()
      let reading = #expect(throws: FileError.self) { _ = try InputFile(path) }
      #expect(reading?.kind == .noInput)
      #expect(reading?.description == "\(path) may not be read: Permission denied.")
      let replacing = #expect(throws: FileError.self) { _ = try AtomicFile(replacing: path) }
      #expect(replacing?.kind == .cannotCreate)
      #expect(replacing?.description == "\(path) is read-only.")
    }
    #expect(try folder.names == ["metrics", "model"])
  }

  @Test func `a killed writer leaves the old file and no lock`() async throws {
    let path = folder.path("model")
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let lock = try FileLock(writing: path)
      let file = try AtomicFile(replacing: path)
      try file.write(Array("half".utf8))
      kill(getpid(), SIGKILL)
      _ = lock
      try file.commit()
    }
    #expect(try text("model") == "old")
    #expect(try folder.names == [".model.lock", ".model.partial", "metrics", "model"])
    do {
      let lock = try FileLock(writing: path)
      let file = try AtomicFile(replacing: path)
      try file.write(Array("new".utf8))
      try file.commit()
      _ = lock
    }
    #expect(try text("model") == "new")
    #expect(try folder.names == ["metrics", "model"])
  }

  @Test func `the second run names the first`() throws {
    let path = folder.path("model")
    do {
      let lock = try FileLock(writing: path)
      let error = #expect(throws: FileError.self) { _ = try FileLock(writing: path) }
      #expect(error?.kind == .busy)
      #expect(error?.description == "\(path) is being written by process \(getpid()).")
      _ = lock
    }
    _ = try FileLock(writing: path)
    #expect(try folder.names == ["metrics", "model"])
  }
}

/// Limits every file to `bytes`, like a full disk, with an error in place of the signal.
private func limitFileSize(to bytes: UInt) {
  signal(SIGXFSZ, SIG_IGN)
  var limit = rlimit(rlim_cur: rlim_t(bytes), rlim_max: rlim_t(bytes))
  precondition(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
}

/// Drops the privileges of root, if the process has them.
private func becomeOrdinaryUser() {
  guard getuid() == 0 else { return }
  precondition(setgid(65534) == 0 && setuid(65534) == 0)
}
