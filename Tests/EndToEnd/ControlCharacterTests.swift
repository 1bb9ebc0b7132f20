import Foundation
import TestSupport
import Testing

/// Untrusted text could otherwise clear the screen, type into it or hide messages.
@Suite("Control characters are escaped on a terminal and unchanged in a pipe")
struct ControlCharacterTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("odd.txt", String(repeating: "a\u{1B}[2Jb\u{9B}1A\u{202E}\u{7}c\n", count: 40))
    #expect(try ToolRun(["train", "odd.txt", "--steps", "60", "--output", "odd", "--quiet"], in: folder).status == 0)
  }

  private static let commands = [
    ["sample", "odd", "--count", "5", "--temperature", "0"], ["sample", "odd", "--stream", "--temperature", "0"],
    ["sample", "odd", "--json", "--temperature", "0"], ["score", "odd", "odd.txt", "--per-token"],
    ["score", "odd", "odd.txt", "--json"], ["tokenize", "--model", "odd", "a\u{1B}[2Jb\u{9B}1A\u{202E}\u{7}c"],
    ["tokenize", "--model", "odd", "--json", "a\u{9B}"], ["sample", "odd", "--prompt", "\u{1B}]0;title\u{7}"],
    ["info", "no\u{1B}[2Jmodel\nswiftlet: all is well."], ["train", "no\u{1B}[2Jcorpus"],
    ["train", "odd.txt", "--st\u{1B}[2Jeps"],
  ]

  @Test(arguments: commands) func `no control character reaches a terminal`(command: [String]) throws {
    let session = try TerminalSession(command, in: folder)
    _ = try session.end()
    #expect(!session.shown.isEmpty)
    let scalars = session.shown.unicodeScalars
    #expect(
      !scalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\r" && $0 != "\t" },
      "\(session.shown.debugDescription)")
    #expect(!scalars.contains { 0x7F...0x9F ~= $0.value || $0.value == 0x202E }, "\(session.shown.debugDescription)")
    #expect(session.shown.contains("\\u"), "control characters are shown as escapes")
    if command.contains("--json") {
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(session.shown.utf8)) }
    }
    if command[0] == "info" { #expect(session.shown.count { $0.isNewline } == 1) }
  }

  @Test func `a file gets the unescaped text`() throws {
    let sample = try ToolRun(["sample", "odd", "--count", "1", "--temperature", "0"], in: folder)
    #expect(sample.output == "a\u{1B}[2Jb\u{9B}1A\u{202E}\u{7}c\n")
    let missing = try ToolRun(["info", "no\u{1B}[2Jmodel"], in: folder)
    #expect(missing.errors == "swiftlet: no\u{1B}[2Jmodel does not exist.\n")
  }
}
