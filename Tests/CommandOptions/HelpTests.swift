import CommandOptions
import Testing

@Suite("Help says everything the table knows, and comes wherever it is asked for")
struct HelpTests {
  func message(_ arguments: String...) throws -> String {
    try #require(throws: CleanExit.self) { try Tool.parseAsRoot(arguments).run() }.message
  }

  @Test func `a command's help`() throws {
    let expected = """
      Learn something.

      Usage: tool train CORPUS... [options]

      Arguments:
        CORPUS...               What to learn from.

      Options:
        --steps N               How many steps to train (0 or more; default 1000).
        --learning-rate X       How fast to learn (more than 0; default 0.01).
        --seed N                Where random numbers start (default 42).
        --engine fast|scalar    What computes the training steps, one word or another
                                of which is long enough to wrap (default fast).
        --stop TEXT             Where a text ends (repeatable).
        --output FILE           What to write.
        --unit grapheme|byte    What to cut into (default grapheme).
        --lowercase             Fold case.
        --min-count N           How often a piece must occur (1 or more; default 1).
        --locale ID             Whose rules.
        --quiet                 Say nothing.

      Size:
        --layers N              How many layers (from 1 to 64; default chosen from the
                                corpus).
        --drop-out X            How much to forget (from 0 to below 1; default 0).

      Example: tool train a.txt
      """
    #expect(try message("train", "--help") == expected)
    #expect(try message("train", "a.txt", "-h", "--stepz") == expected)
    #expect(try message("help", "train") == expected)
  }

  @Test func `the tool's help lists its commands`() throws {
    let expected = """
      Try every kind of declaration.

      Usage: tool COMMAND

      Commands:
        train                   Learn something.
        show                    Show a file.
        group                   Hold more commands.

      tool COMMAND --help says what a command takes.
      """
    #expect(try message("--help") == expected)
    #expect(try message("help") == expected)
    #expect(try message() == expected)
  }

  @Test func `the version stands alone`() throws {
    #expect(try message("--version") == "1.2.3")
  }

  @Test func `no line of help is wider than 80 columns`() throws {
    for command in [["train"], ["show"], ["group"], []] {
      let help = try #require(throws: CleanExit.self) { try Tool.parseAsRoot(command + ["--help"]) }.message
      for line in help.split(separator: "\n") { #expect(line.count <= 80) }
    }
  }

  @Test func `the table can be read without parsing`() {
    let table = CommandTable(of: Train.self, path: "tool train")
    #expect(table.sections.map(\.title) == ["Arguments", "Options", "Size"])
    let engine = table.parameters.first { $0.name == "--engine" }
    #expect(engine?.choices == ["fast", "scalar"])
    #expect(engine?.fallback == "fast")
  }
}
