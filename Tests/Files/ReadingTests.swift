import Files
import Foundation
import TestSupport
import Testing

@Suite struct ReadingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// For any size of chunks, the lines are those between the line feeds, each with its number and place.
  @Test(arguments: [
    "", "\n", "\n\n", "a", "a\n", "a\nb", "a\n\nb\n", "\r\n\r\n", "one two\nthree\n\u{0}\nfünf", "é\né\né",
    String(repeating: "x", count: 100) + "\n" + String(repeating: "y", count: 99),
  ])
  func `lines have their text, number and place`(text: String) throws {
    try folder.write("file", text)
    var expected = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
    if expected.last?.isEmpty == true { expected.removeLast() }
    for chunkSize in [1, 2, 3, 5, 8, 64, 1 << 18] {
      var reader = try LineReader(folder.path("file"), chunkSize: chunkSize)
      var lines: [[UInt8]] = []
      var offset = 0
      while try reader.next() {
        let line = reader.line
        lines.append(line.indices.map { line[$0] })
        #expect(reader.number == lines.count)
        #expect(reader.offset == offset)
        offset += line.count + 1
      }
      #expect(lines == expected, "in chunks of \(chunkSize)")
      #expect(try reader.next() == false)
    }
  }

  /// A model must not replace its corpus because the two paths differ.
  @Test func `different paths of one file are recognized`() throws {
    try folder.write("names.txt", "anna")
    try folder.write("other.txt", "anna")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link"), withDestinationPath: folder.path("names.txt"))
    try folder.makeFolder("inner")
    let path = folder.path("names.txt")
    for name in ["names.txt", "./names.txt", "inner/../names.txt", "link"] {
      #expect(InputFile.isSame(path, folder.path(name)), "\(name)")
    }
    for name in ["other.txt", "missing", "inner", ".", "inner/names.txt", ""] {
      #expect(!InputFile.isSame(path, folder.path(name)), "\(name)")
    }
    #expect(InputFile.isSame(folder.path("inner/missing"), folder.path("./inner/../inner/missing")))
    #expect(!InputFile.isSame(folder.path("inner/missing"), folder.path("missing")))
  }

  @Test func `the rest of the file follows the last line read`() throws {
    try folder.write("file", "first\nsecond\nthird")
    var reader = try LineReader(folder.path("file"), chunkSize: 4)
    #expect(try reader.next())
    #expect(String(decoding: try reader.rest(), as: UTF8.self) == "second\nthird")
    #expect(try reader.next() == false)
  }

  /// No text may make the reader copy more than a few times the bytes that it reads.
  @Test(.timeLimit(.minutes(10))) func `long lines take linear time`() throws {
    let line = String(repeating: "x", count: 30_000_000)
    try folder.write("file", line + "\n" + line)
    var reader = try LineReader(folder.path("file"), chunkSize: 16)
    #expect(try reader.next())
    #expect(reader.line.count == line.utf8.count)
    #expect(try reader.next())
    #expect(reader.line.count == line.utf8.count)
  }

  @Test func `files that cannot be read are reported`() throws {
    func sentence(_ path: String) -> String? {
      let error = #expect(throws: FileError.self) { _ = try LineReader(path) }
      #expect(error?.kind == .noInput)
      #expect(#expect(throws: FileError.self) { _ = try InputFile(path) } == error)
      #expect(#expect(throws: FileError.self) { _ = try InputFile.contents(of: path, upTo: 9) } == error)
      return error?.description
    }
    #expect(sentence("/no/such/file") == "/no/such/file does not exist.")
    #expect(sentence(folder.url.path) == "\(folder.url.path) is a folder, not a file.")
    #expect(sentence("") == "The file name is empty.")
    #expect(InputFile.exists(folder.url.path))
    #expect(!InputFile.exists(folder.path("no")))
    #expect(#expect(throws: FileError.self) { _ = try InputFile("/dev/null") }?.kind == .noInput)
    #expect(#expect(throws: FileError.self) { _ = try InputFile.contents(of: "/dev/null", upTo: 9) }?.kind == .noInput)
  }

  @Test func `a file above the size limit is refused`() throws {
    try folder.write("file", "0123456789")
    #expect(try InputFile.contents(of: folder.path("file"), upTo: 10) == Array("0123456789".utf8))
    let error = #expect(throws: FileError.self) { try InputFile.contents(of: folder.path("file"), upTo: 9) }
    #expect(error?.description == "\(folder.path("file")) has 10 bytes; the limit is 9.")
    #if os(Linux)
      // Its size is reported as 0.
      let status = "/proc/self/status"
      #expect(try InputFile.contents(of: status, upTo: 1 << 16).starts(with: Array("Name:".utf8)))
      #expect(#expect(throws: FileError.self) { try InputFile.contents(of: status, upTo: 9) }?.kind == .tooLarge)
    #endif
  }

  /// An endless file would otherwise take all memory before the error.
  @Test func `a limit stops the reading of an endless file`() throws {
    func lines(_ path: String, upTo limit: Int = .max, longestLine: Int = .max) throws -> Int {
      var reader = try LineReader(path, chunkSize: 16, upTo: limit, longestLine: longestLine)
      while try reader.next() {}
      return reader.number
    }
    let file = folder.path("file")
    try folder.write("file", "0123\n56789\n")
    #expect(try lines(file, upTo: 11, longestLine: 5) == 2)
    #expect(
      #expect(throws: FileError.self) { try lines(file, upTo: 10) }?.description
        == "\(file) has more than the 10 bytes that fit in memory; use a part of it.")
    for path in ["/dev/zero", "/dev/urandom"] {
      #expect(#expect(throws: FileError.self) { try lines(path, upTo: 1 << 20) }?.kind == .tooLarge)
    }
    #expect(
      #expect(throws: FileError.self) { try lines("/dev/zero", longestLine: 1 << 20) }?.description
        == "/dev/zero, line 1, has more than 1048576 bytes, the limit for a line.")
  }

  @Test func `available memory is detected`() {
    #expect(memoryOfThisMachine > 1 << 24 && memoryForText <= memoryOfThisMachine / 3)
  }

  /// A container, a service or a job may have far less memory than the machine, and a process that takes more is
  /// killed.
  @Test func `limits of control groups are respected`() throws {
    for (file, limit) in [
      ("a/memory.max", "max"), ("a/b/memory.max", "1048576"), ("memory/memory.limit_in_bytes", "77"),
    ] {
      try folder.makeFolder((file as NSString).deletingLastPathComponent)
      try folder.write(file, limit + "\n")
    }
    let root = folder.url.path
    #expect(memoryLimits(ofGroups: "0::/a/b\n", below: root) == [1_048_576])
    #expect(memoryLimits(ofGroups: "1:cpu:/a/b\n0::/a\n", below: root) == [])
    #expect(memoryLimits(ofGroups: "4:cpu,memory:/not/here\n", below: root) == [77])
    #expect(memoryLimits(ofGroups: "what\nis: this\n:::\n", below: root) == [])
  }

  @Test func `parts of a file are read`() throws {
    try folder.write("file", "0123456789")
    for file in [try InputFile(folder.path("file")), InputFile(Array("0123456789".utf8), named: "memory")] {
      #expect(file.count == 10)
      #expect(try file.bytes(3..<6) == Array("345".utf8))
      #expect(try file.bytes(0..<10).count == 10)
      #expect(try file.bytes(10..<10) == [])
      #expect(throws: FileError.self) { _ = try file.bytes(5..<11) }
      #expect(try file.floats(1..<9) == [Float(bitPattern: 0x3433_3231), Float(bitPattern: 0x3837_3635)])
      #expect(try file.floats(9..<9) == [])
    }
  }

  @Test func `a file that shrinks is noticed`() throws {
    try folder.write("file", "0123456789")
    let file = try InputFile(folder.path("file"))
    truncate(folder.path("file"), 4)
    let error = #expect(throws: FileError.self) { _ = try file.bytes(0..<10) }
    #expect(error?.kind == .inputOutput)
    #expect(error?.description == "\(folder.path("file")) became shorter while it was being read.")
  }

  @Test func `lines are appended`() throws {
    do {
      let lines = try LineAppender(folder.path("metrics"), startingOver: false)
      try lines.append("one")
    }
    do {
      let lines = try LineAppender(folder.path("metrics"), startingOver: false)
      try lines.append("two")
    }
    #expect(String(decoding: try folder.contents("metrics"), as: UTF8.self) == "one\ntwo\n")
    do {
      let lines = try LineAppender(folder.path("metrics"), startingOver: true)
      try lines.append("three")
    }
    #expect(String(decoding: try folder.contents("metrics"), as: UTF8.self) == "three\n")
    #expect(throws: FileError.self) { _ = try LineAppender(folder.url.path, startingOver: false) }
  }
}
