import TestSupport
import Testing

@Suite("The tool describes itself")
struct VersionTests {
  @Test func `the version is one line`() throws {
    let run = try ToolRun(["--version"], in: TemporaryFolder())
    #expect(run.status == 0)
    #expect(run.output.wholeMatch(of: /swiftlet \d+\.\d+\.\d+\n/) != nil)
    #expect(run.errors.isEmpty)
  }

  @Test(arguments: [
    "", "train", "sweep", "sample", "score", "chat", "info", "tokenize", "tokenizers", "export", "import",
    "completions", "manual",
  ])
  func `every command has help in 80 columns`(command: String) throws {
    let run = try ToolRun(command.split(separator: " ").map(String.init) + ["--help"], in: TemporaryFolder())
    #expect(run.status == 0)
    #expect(run.output.contains("Usage: swiftlet"))
    #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(run.errors.isEmpty)
  }
}
