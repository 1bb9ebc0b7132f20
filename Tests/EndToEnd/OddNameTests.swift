import Foundation
import TestSupport
import Testing

/// File names are bytes, and those from old disks may have other encodings. As strings they would become other names,
/// of files that do not exist or that must not be replaced.
@Suite("File names and texts that are not UTF-8 are refused before any work")
struct OddNameTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("names.txt", "anna\nbob\ncarla\n")
    #expect(
      try shell("cp names.txt \"$odd.txt\"; mkdir \"$odd\"; \"$0\" train names.txt --steps 1 --quiet --output m") == 0)
  }

  /// Runs a script in which `$0` is the tool and `$odd` is “café” in Latin-1. Standard error goes to the file `said`.
  @discardableResult
  private func shell(_ script: String) throws -> Int32 {
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.currentDirectoryURL = folder.url
    shell.environment = ToolRun.environment
    shell.arguments = ["-c", "odd=$(printf 'caf\\351'); { \(script); } 2>said", try ToolRun.tool.path]
    try shell.run()
    shell.waitUntilExit()
    return shell.terminationStatus
  }

  @Test(arguments: [
    "train \"$odd.txt\"", "train names.txt --output \"$odd\"", "train names.txt --output=\"$odd.m\" --quiet",
    "train names.txt --output n --validation \"$odd.txt\"", "sample \"$odd\"", "sample m --prompt \"$odd\"",
    "score m \"$odd.txt\"", "export m --format html --output \"$odd/page.html\"", "tokenize --model m \"$odd\"",
    "sweep \"$odd.txt\" --vary seed=1,2", "import \"$odd\"",
  ])
  func `refusal`(arguments: String) throws {
    try shell("find . ! -name before ! -name said | sort >before")
    #expect(try shell("\"$0\" \(arguments)") == 64)
    let said = String(decoding: try folder.contents("said"), as: UTF8.self)
    #expect(said.contains("caf\\xE9") && said.contains("is not UTF-8"), "\(said)")
    #expect(said.hasPrefix("swiftlet: argument ") && said.count { $0 == "\n" } == 1)
    #expect(try shell("find . ! -name before ! -name said ! -name after | sort >after; cmp before after") == 0)
  }

  @Test func `the working folder may have a name that is not UTF-8`() throws {
    #expect(
      try shell("cd \"$odd\" && \"$0\" train ../names.txt --steps 1 --quiet && \"$0\" sample names.safetensors >texts")
        == 0)
  }

  /// Output through a link replaces the target of the link.
  @Test func `a link to a name that is not UTF-8 is refused, and its target stays`() throws {
    try shell("echo old >\"$odd/model\"; ln -s \"$odd/model\" link")
    #expect(try shell("\"$0\" train names.txt --steps 1 --output link") == 73)
    let said = String(decoding: try folder.contents("said"), as: UTF8.self)
    #expect(
      said
        == "swiftlet: link is a link to a file whose name, or folder, is not UTF-8; rename that, or write to another.\n"
    )
    #expect(try shell("test \"$(cat link)\" = old && test -L link") == 0)
  }
}
