import TestSupport
import Testing

@Suite("The tool answers a wrong command with a sentence and a number")
struct UsageTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `the version is one line`() throws {
    let run = try ToolRun(["--version"], in: folder)
    #expect(run.status == 0)
    #expect(run.output.wholeMatch(of: /swiftlet \d+\.\d+\.\d+\n/) != nil)
    #expect(run.errors.isEmpty)
  }

  @Test(arguments: [
    (["--stepz"], "swiftlet: unknown option --stepz; see swiftlet --help\n")
  ])
  func `wrong usage`(arguments: [String], message: String) throws {
    let run = try ToolRun(arguments, in: folder)
    #expect(run.status == 64)
    #expect(run.output.isEmpty)
    #expect(run.errors == message)
  }
}
