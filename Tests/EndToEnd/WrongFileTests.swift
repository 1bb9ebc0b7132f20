import Foundation
import TestSupport
import Testing

/// Without these sentences a person is told to treat a PDF as Latin-1, or how many bytes long its header would be.
@Suite("A file of the wrong kind is named for what it is")
struct WrongFileTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("names.txt", "anna\nbob\ncarla\n")
  }

  private func run(_ arguments: String) throws -> ToolRun {
    try ToolRun(arguments.split(separator: " ").map(String.init), in: folder)
  }

  static let rest: [UInt8] = [0, 1, 2, 0xFF, 0xFE, 0x80]
  static let files: [(bytes: [UInt8], name: String)] = [
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "an xz file"), (Array("BZh9".utf8), "a bzip2 file"),
    ([0x28, 0xB5, 0x2F, 0xFD], "a Zstandard file"), ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive"),
    (Array("%PDF-1.7\n".utf8), "a PDF document"), ([0x7F, 0x45, 0x4C, 0x46], "a program"),
    ([0x89, 0x50, 0x4E, 0x47], "an image"), (Array("SQLite format 3\0".utf8), "an SQLite database"),
    (Array(repeating: 0x61, count: 257) + Array("ustar\0".utf8), "a tar archive"),
  ]

  @Test(arguments: files)
  func `as a corpus and as a model`(file: (bytes: [UInt8], name: String)) throws {
    try folder.write("file", file.bytes + Self.rest)
    for command in ["train file", "train file --lossy"] {
      let run = try run(command)
      #expect(run.status == 65)
      #expect(run.errors.hasPrefix("swiftlet: file is \(file.name)"), "\(run.errors)")
      #expect(run.errors.contains(", not plain text. "))
      #expect(!run.errors.contains("lossy"))
    }
    let sample = try run("sample file")
    #expect(sample.status == 65)
    #expect(sample.errors.hasPrefix("swiftlet: file is \(file.name)"), "\(sample.errors)")
    #expect(sample.errors.hasSuffix(", not a Swiftlet model.\n"))
  }

  @Test func `a compressed tar archive`() throws {
    let tar = Process()
    tar.executableURL = URL(filePath: "/usr/bin/env")
    tar.currentDirectoryURL = folder.url
    tar.arguments = ["tar", "-czf", "names.tar.gz", "names.txt"]
    try tar.run()
    tar.waitUntilExit()
    #expect(try run("train names.tar.gz").errors.contains("names.tar.gz is a tar archive, not plain text."))
  }

  @Test func `a model as a corpus, and a corpus as a model`() throws {
    #expect(try run("train names.txt --steps 1 --quiet").status == 0)
    for command in ["train names.safetensors", "score names.safetensors names.safetensors"] {
      let run = try run(command)
      #expect(run.status == 65)
      #expect(run.errors.hasPrefix("swiftlet: names.safetensors is a model, not a text."), "\(run.errors)")
    }
    for command in ["sample names.txt", "score names.txt names.txt", "train names.txt --from names.txt --output m"] {
      let run = try run(command)
      #expect(run.status == 65)
      #expect(
        run.errors
          == "swiftlet: names.txt is a text, not a Swiftlet model. To train a model on it: swiftlet train names.txt\n")
    }
  }

  @Test func `a text that begins like an archive is a text`() throws {
    try folder.write("letters.txt", "MZ is a pair of letters\nBZh too\n")
    #expect(try run("train letters.txt --steps 1 --quiet").status == 0)
  }

  @Test func `bytes that are no text are not called Latin-1`() throws {
    try folder.write("bytes", [0x41, 0x00, 0x01, 0xFF, 0x0A])
    let run = try run("train bytes")
    #expect(run.status == 65)
    #expect(run.errors.contains("looks like binary data") && !run.errors.contains("8859"))
    // Scoring has no option to replace bytes, so it suggests none.
    try folder.write("latin1.txt", Array("na".utf8) + [0xEF] + Array("ve\n".utf8))
    #expect(try self.run("train names.txt --steps 1 --quiet").status == 0)
    let score = try self.run("score names.safetensors latin1.txt")
    #expect(score.status == 65 && !score.errors.contains("--lossy"), "\(score.errors)")
  }
}
