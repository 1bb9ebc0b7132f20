import Files
import Foundation
import TestSupport
import Testing

@Suite struct AtomicFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ text: String, to name: String, keepingPrevious: Bool = false) throws {
    let file = try AtomicFile(replacing: folder.path(name), keepingPrevious: keepingPrevious)
    try file.write(Array(text.utf8))
    try file.commit()
  }

  private func text(_ name: String) throws -> String { String(decoding: try folder.contents(name), as: UTF8.self) }

  private func failure(_ name: String, _ body: () throws -> Void) -> FileError? {
    #expect(throws: FileError.self, "\(name)") { try body() }
  }

  @Test func `a file is replaced and no other file is left`() throws {
    try write("one", to: "model")
    try write("two", to: "model")
    #expect(try text("model") == "two")
    #expect(try folder.names == ["model"])
  }

  @Test func `the previous file is kept`() throws {
    for version in ["one", "two", "three", "three"] { try write(version, to: "model", keepingPrevious: true) }
    #expect(try text("model") == "three")
    #expect(try text("model.previous") == "three")
    try write("four", to: "model", keepingPrevious: true)
    #expect(try text("model.previous") == "three")
    #expect(try folder.names == ["model", "model.previous"])
  }

  /// FAT has no hard links, and ext4 allows 65,000 per file. A copy must be kept there.
  @Test func `the previous file is copied where links are impossible`() throws {
    try write("old", to: "model")
    try folder.makeFolder("links")
    var count = 0
    while count < 65_000, link(folder.path("model"), folder.path("links/\(count)")) == 0 { count += 1 }
    try write("new", to: "model", keepingPrevious: true)
    #expect(try text("model") == "new")
    #expect(try text("model.previous") == "old")
    #expect(try folder.names == ["links", "model", "model.previous"])
  }

  @Test func `abandoned writing leaves the old file`() throws {
    try write("old", to: "model")
    func abandon() throws {
      let file = try AtomicFile(replacing: folder.path("model"), keepingPrevious: true)
      try file.write(Array("half of the n".utf8))
      #expect(try folder.names == [".model.partial", "model"])
    }
    try abandon()
    #expect(try text("model") == "old")
    #expect(try folder.names == ["model"])
  }

  @Test func `the temporary file of a killed process is reused`() throws {
    try folder.write(".model.partial", "longer than what is to be written")
    try write("new", to: "model")
    #expect(try text("model") == "new")
    #expect(try folder.names == ["model"])
  }

  @Test func `a link in place of the temporary file does not change its target`() throws {
    try folder.write("precious", "precious")
    try FileManager.default.linkItem(atPath: folder.path("precious"), toPath: folder.path(".model.partial"))
    try write("new", to: "model")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path(".other.partial"), withDestinationPath: folder.path("precious"))
    let error = failure("link") { try write("new", to: "other") }
    #expect(error?.kind == .cannotCreate)
    #expect(try text("precious") == "precious")
  }

  @Test func `permissions are kept`() throws {
    try write("old", to: "model")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder.path("model"))
    try write("new", to: "model")
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("model"))
    #expect(attributes[.posixPermissions] as? Int == 0o640)
  }

  @Test func `the target of a link is replaced, not the link`() throws {
    try folder.makeFolder("elsewhere")
    try folder.write("elsewhere/real", "old")
    try FileManager.default.createSymbolicLink(atPath: folder.path("model"), withDestinationPath: "elsewhere/real")
    try write("new", to: "model")
    #expect(try text("elsewhere/real") == "new")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("model")) == "elsewhere/real")
  }

  @Test func `an error says why writing cannot begin`() throws {
    try folder.makeFolder("models")
    try folder.write("file", "")
    let missing = failure("missing") { try write("", to: "nowhere/model") }
    #expect(missing?.kind == .cannotCreate)
    #expect(
      missing?.description
        == "\(folder.path("nowhere/model")) cannot be written: there is no folder \(folder.path("nowhere")).")
    #expect(failure("file") { try write("", to: "file/model") }?.kind == .cannotCreate)
    #expect(
      failure("folder") { try write("", to: "models") }?.description
        == "\(folder.path("models")) is a folder, not a file.")
    #expect(failure("long") { try write("", to: String(repeating: "x", count: 300)) }?.kind == .cannotCreate)
    for path in ["", "/dev/null", "/dev/full", folder.path("a") + "\0b"] {
      let error = failure(path) { try AtomicFile(replacing: path).commit() }
      #expect(error?.kind == .cannotCreate)
      #expect(error?.path == path)
    }
    #expect(try folder.names == ["file", "models"])
  }

  @Test func `a failed rename leaves no file behind`() throws {
    let file = try AtomicFile(replacing: folder.path("model"))
    try file.write([1, 2, 3] as [UInt8])
    try folder.makeFolder("model/inner")
    var sentence: String?
    do { try file.commit() } catch { sentence = error.description }
    #expect(
      sentence == "\(folder.path("model")) cannot be written: Is a directory. The previous file, if any, is unchanged.")
    #expect(try folder.names == ["model"])
  }

  @Test func `a file has one writer at a time`() throws {
    let first = try AtomicFile(replacing: folder.path("model"))
    let error = failure("second") { try write("second", to: "model") }
    #expect(error?.kind == .busy)
    try first.write(Array("first".utf8))
    try first.commit()
    #expect(try text("model") == "first")
    try write("second", to: "model")
    #expect(try text("model") == "second")
  }

  @Test func `an output path is checked before the work`() throws {
    try AtomicFile.check(folder.path("model"), byteCount: 1000)
    #expect(failure("missing") { try AtomicFile.check(folder.path("no/model"), byteCount: 1) }?.kind == .cannotCreate)
    let full = failure("full") { try AtomicFile.check(folder.path("model"), byteCount: .max) }
    #expect(full?.kind == .inputOutput)
    #expect(full?.description.contains("but its disk has only") == true)
    #expect(try folder.names == [])
  }

  @Test func `floats are written in little-endian order`() throws {
    let file = try AtomicFile(replacing: folder.path("model"))
    try file.write([1, -2.5] as [Float])
    try file.commit()
    #expect(try Array(folder.contents("model")) == [0, 0, 0x80, 0x3F, 0, 0, 0x20, 0xC0])
  }
}
