import TestSupport
import Testing

/// Sentences that people read once, and must understand then.
@Suite("Help and notes say what they mean in the field's words")
struct PlainSentenceTests {
  /// The command, and what its help says.
  private static let helps: [(command: String, sentence: String)] = [
    ("train", "Maximum gradient norm"),
    ("train", "Fraction of input tokens replaced at random"),
    ("train", "-o, --output MODEL"),
    ("sweep", "-o, --output FOLDER"),
    ("export", "-o, --output PATH"),
    ("import", "-o, --output MODEL"),
    ("import", "Convert an exported folder back into a model."),
    ("sample", "Stop when this text is generated"),
    ("chat", "Stop when this text is generated"),
  ]

  @Test(arguments: helps) func `the help`(of command: String, says sentence: String) throws {
    let run = try ToolRun([command, "--help"], in: TemporaryFolder())
    let words = run.output.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(words.contains(sentence))
  }

  @Test func `an export says what is left out`() throws {
    let folder = try TemporaryFolder()
    try folder.write("names.txt", "anna\nbob\n")
    #expect(
      try ToolRun(["train", "names.txt", "--members", "1", "--steps", "1", "--quiet", "-o", "m"], in: folder).status
        == 0)
    let run = try ToolRun(["export", "m", "--format", "pytorch", "-o", "folder"], in: folder)
    #expect(
      run.errors
        == """
        swiftlet: Note: the folder has the network alone, without the n-gram memory.
        swiftlet: Note: the list of training texts is not exported, so --novel works only with the original model.

        """
    )
    #expect(try ToolRun(["import", "folder", "-o", "again"], in: folder).status == 0)
  }

  @Test func `a percentage is a fraction`() throws {
    let folder = try TemporaryFolder()
    try folder.write("names.txt", (0..<30).map { "name \($0)" }.joined(separator: "\n"))
    for (output, part) in [("a", "20%"), ("b", "0.2")] {
      let arguments = ["train", "names.txt", "--steps", "2", "--quiet", "--validation", part, "-o", output]
      #expect(try ToolRun(arguments, in: folder).status == 0)
    }
    #expect(try folder.contents("a") == folder.contents("b"))
  }
}
