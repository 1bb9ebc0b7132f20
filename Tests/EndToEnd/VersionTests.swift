import TestSupport
import Testing

@Suite("The tool says what it is")
struct VersionTests {
  @Test func `the version is one line`() throws {
    let run = try ToolRun(["--version"], in: TemporaryFolder())
    #expect(run.status == 0)
    #expect(run.output.wholeMatch(of: /swiftlet \d+\.\d+\.\d+\n/) != nil)
    #expect(run.errors.isEmpty)
  }

  @Test(arguments: ["", "train", "sample", "score", "chat", "info", "tokenizers", "export", "import", "completions"])
  func `every command has help`(command: String) throws {
    let run = try ToolRun(command.split(separator: " ").map(String.init) + ["--help"], in: TemporaryFolder())
    #expect(run.status == 0)
    #expect(run.output.contains("Usage: swiftlet"))
    #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(run.errors.isEmpty)
  }
}
