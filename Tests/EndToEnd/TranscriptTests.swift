import Foundation
import TestSupport
import Testing

/// A person who types what the page shows must see what it shows.
@Suite("The examples of the documents") struct TranscriptTests {
  private static let root = URL(filePath: #filePath).appending(path: "../../..").standardized
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      at: folder.url.appending(path: "corpora"), withDestinationURL: Self.root.appending(path: "corpora"))
  }

  @Test func `every command prints what the page shows`() throws {
    let page = try String(contentsOf: Self.root.appending(path: "docs/examples.md"), encoding: .utf8)
    for listing in page.matches(of: /`([\w.]+)`:\n\n```python\n((?s).*?)```/) {
      try folder.write(String(listing.output.1), String(listing.output.2))
    }
    let listings = page.matches(of: /```console\n((?s).*?)```/)
    #expect(listings.count > 10)
    var status: Int32 = 0
    for command in listings.flatMap({ Command.all(in: $0.output.1) }) {
      // `echo $?` prints the status of the command before it.
      let run = try run("(exit \(status))\n" + command.script)
      #expect(run.output == command.output, "\(command.script)")
      status = run.status
    }
  }

  /// A command after a dollar sign, with further lines after `>`, and what it prints.
  private struct Command {
    var script: String
    var output = ""

    static func all(in listing: Substring) -> [Self] {
      var commands: [Self] = []
      for line in listing.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
        if line.hasPrefix("$ ") {
          commands.append(Command(script: String(line.dropFirst(2))))
        } else if commands.isEmpty {
          Issue.record("“\(line)” follows no command")
        } else if line.hasPrefix("> ") {
          commands[commands.count - 1].script += "\n" + line.dropFirst(2)
        } else {
          commands[commands.count - 1].output += line + "\n"
        }
      }
      return commands
    }
  }

  private func run(_ script: String) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = folder.url
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    process.environment = ToolRun.environment.merging([
      "PATH": "\(try ToolRun.tool.deletingLastPathComponent().path):\(path)"
    ]) { $1 }
    let output = try folder.scratch()
    let handle = try FileHandle(forWritingTo: output)
    (process.standardInput, process.standardOutput, process.standardError) = (FileHandle.nullDevice, handle, handle)
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: try Data(contentsOf: output), as: UTF8.self))
  }
}
