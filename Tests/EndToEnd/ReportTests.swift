import Foundation
import TestSupport
import Testing

@Suite("train --report")
struct ReportTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("names.txt", "anna\nanne\nhanna\nnina\nina\nnana\n")
  }

  @Test func `a finished run leaves a complete page`() throws {
    let run = try ToolRun(["train", "names.txt", "--steps", "50", "--report", "run.html"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let page = String(decoding: try folder.contents("run.html"), as: UTF8.self)
    #expect(page.contains("50 of 50 steps") && page.hasSuffix("</html>\n"))
    #expect(page.contains("<code>swiftlet train names.txt --steps 50 --report run.html</code>"))
  }

  /// The number of steps in a given time varies, so the command must have the steps and not the seconds.
  @Test func `the page has the command that reproduces the model`() throws {
    let run = try ToolRun(["train", "names.txt", "--seconds", "0.2", "--report", "run.html", "--json"], in: folder)
    try #require(run.status == 0, "\(run.errors)")
    let model = try folder.contents("names.safetensors")
    let page = String(decoding: try folder.contents("run.html"), as: UTF8.self)
    let command = try #require(page.firstMatch(of: /<code>swiftlet (train [^<]+)<\/code>/)).1.split(separator: " ").map(
      String.init)
    #expect(!command.contains("--seconds"))
    let again = try ToolRun(command, in: folder)
    #expect(try again.status == 0 && folder.contents("names.safetensors") == model, "\(command)\n\(again.errors)")
  }

  /// A user may reload the page, and the machine may fail, at any moment.
  @Test func `the page is complete at any moment of the run`() throws {
    let kill = ToolRun.Signal(SIGKILL) { [folder] _ in
      try folder.names.contains("run.html")
        && String(decoding: folder.contents("run.html"), as: UTF8.self).contains("This page refreshes itself")
    }
    let run = try ToolRun(
      ["train", "names.txt", "--steps", "100000000", "--report", "run.html"], in: folder, signal: kill)
    #expect(run.status == 128 + 9)
    let page = String(decoding: try folder.contents("run.html"), as: UTF8.self)
    #expect(page.contains("This page refreshes itself") && page.hasSuffix("</html>\n"))
  }

  @Test func `a report that cannot be written is refused before training`() throws {
    let run = try ToolRun(["train", "names.txt", "--report", "nowhere/run.html"], in: folder)
    #expect(run.status == 73)
    #expect(run.errors.contains("nowhere/run.html"))
    let other = try ToolRun(["train", "names.txt", "--report", "names.txt"], in: folder)
    #expect(other.status == 64, "\(other.errors)")
  }

  @Test func `on a terminal the run ends with a chart`() throws {
    let run = try ToolRun(["train", "names.txt", "--steps", "200"], in: folder, onTerminal: true)
    #expect(run.errors.contains("┤"))
    let plain = try ToolRun(["train", "names.txt", "--steps", "200"], in: folder)
    #expect(!plain.errors.contains("┤") && !plain.output.contains("┤"))
  }
}
