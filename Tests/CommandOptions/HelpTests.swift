import CommandOptions
import Testing

@Suite("Help shows everything in the table, wherever it is requested")
struct HelpTests {
  func message(_ arguments: String...) throws -> String {
    try #require(throws: CleanExit.self) { try Tool.parseAsRoot(arguments).run() }.message
  }

  @Test func `the help of a command shows its options in groups, and the last group last`() throws {
    let expected = """
      Train something.

      Usage: tool train CORPUS... [options]

      Arguments:
        CORPUS...               The files to read.

      Options:
        --steps N               The number of steps (0 or more; default 1000).
        --learning-rate X       The step size (more than 0; default 0.01).
        --seed N                The seed of the random numbers (default 42).
        --engine fast|scalar    The implementation of the training steps, in enough
                                words that the line has to wrap (default fast).
        --stop TEXT             The text that ends a sample (repeatable).
        -o, --output FILE       The file to write.
        --unit grapheme|byte    The unit of the text (default grapheme).
        --lowercase             Fold case.
        --min-count N           The least frequency (1 or more; default 1).
        --locale ID             The locale.
        --quiet                 Print nothing.

      Size:
        --layers N              The number of layers (from 1 to 64; default chosen
                                from the corpus).
        --drop-out X            The dropout rate (at least 0 and below 1; default 0).

      Advanced:
        --beta X                The decay of the momentum (at least 0 and below 1;
                                default 0.9).

      Example: tool train a.txt
      """
    #expect(try message("train", "--help") == expected)
    #expect(try message("train", "a.txt", "-h", "--stepz") == expected)
    #expect(try message("help", "train") == expected)
  }

  @Test func `the help of the tool lists its commands`() throws {
    let expected = """
      Try every kind of declaration.

      Usage: tool COMMAND

      Commands:
        train                   Train something.
        show                    Show a file.
        group                   Group more commands.

      See tool COMMAND --help for the options of a command.
      """
    #expect(try message("--help") == expected)
    #expect(try message("help") == expected)
    #expect(try message() == expected)
  }

  @Test func `the version is printed alone`() throws {
    #expect(try message("--version") == "1.2.3")
  }

  @Test func `no line of help is wider than 80 columns`() throws {
    for command in [["train"], ["show"], ["group"], []] {
      let help = try #require(throws: CleanExit.self) { try Tool.parseAsRoot(command + ["--help"]) }.message
      for line in help.split(separator: "\n") { #expect(line.count <= 80) }
    }
  }

  @Test func `the table can be read without parsing`() {
    let table = CommandTable(of: TrainCommand.self, path: "tool train")
    #expect(table.sections.map(\.title) == ["Arguments", "Options", "Size", "Advanced"])
    let engine = table.parameters.first { $0.name == "--engine" }
    #expect(engine?.choices == ["fast", "scalar"])
    #expect(engine?.fallback == "fast")
  }
}
