import Foundation
import TestSupport
import Testing

@Suite("No text is cut off without a word")
struct CutTextTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("names.txt", String(repeating: "anna\nbob\ncarla\ndora\nemil\n", count: 20))
    try folder.write("verses.txt", String(repeating: "a rose\nis red\n\na sky\nis blue\n\n", count: 30))
    try train("names.txt --preset microgpt --steps 200 --output m")
    try train("verses.txt --documents paragraphs --preset microgpt --context 24 --steps 300 --output verses")
    try train("names.txt --preset microgpt --steps 0 --output raw")
    try train("verses.txt --documents whole --layers 1 --embedding 16 --context 16 --steps 300 --output book")
  }

  private func train(_ arguments: String) throws {
    let run = try run("train \(arguments) --quiet")
    try #require(run.status == 0, "\(run.errors)")
  }

  private func run(_ arguments: String, input: String = "") throws -> ToolRun {
    try ToolRun(arguments.split(separator: " ").map(String.init), in: folder, input: input)
  }

  @Test func `texts cut at the context are counted, and a pipe gets them alone`() throws {
    let run = try run("sample raw --count 40 --seed 3")
    let count = run.output.components(separatedBy: "\n").count { $0.count == 16 }
    #expect(!run.output.contains("…") && count > 1)
    let share = String(format: "%.1f", 100 * Double(count) / 40)
    #expect(
      run.errors == "swiftlet: \(count) of 40 texts (\(share)%) were cut off at the model's context of 16 tokens; "
        + "to get longer ones, give --max-tokens.\n")
    #expect(try self.run("sample raw --count 40 --seed 3 --stream").errors == run.errors)
  }

  @Test func `texts cut at --max-tokens are counted`() throws {
    let run = try run("sample raw --count 1 --max-tokens 2 --seed 3")
    #expect(
      run.errors == "swiftlet: 1 of 1 text (100.0%) was cut off at --max-tokens 2; "
        + "to get longer ones, give a larger number or leave it out.\n")
  }

  @Test func `a terminal shows an ellipsis`() throws {
    let session = try TerminalSession(
      ["sample", "raw", "--count", "1", "--max-tokens", "2", "--seed", "3"], in: folder)
    try session.type("", until: " …\r\n")
    #expect(try session.end() == 0)
  }

  @Test(arguments: ["", "--stream", "--repetition-penalty 1.1 --top-k 5"])
  func `a text may be longer than the context`(options: String) throws {
    let long = try run("sample book --count 1 --max-tokens 60 --temperature 0.5 --seed 4 \(options)")
    #expect(long.status == 0 && long.output.count == 61, "\(long.output)")
    let short = try run("sample book --count 1 --max-tokens 10 --temperature 0.5 --seed 4 \(options)").output
    #expect(long.output.hasPrefix(short.dropLast()) && short.count == 11)
    #expect(try run("sample book --count 1 --temperature 0.5 --seed 4 \(options)").output.count == 17)
  }

  @Test func `a model of long documents begins at a line`() throws {
    let output = try run("sample book --count 20 --max-tokens 6 --temperature 0.3 --json").output
    let texts = output.matches(of: /"text":"(.*?)"/).map { String($0.1) }
    #expect(texts.count == 20)
    for text in texts {
      #expect(["a ", "is ", "\\n"].contains { text.hasPrefix($0) }, "\(text)")
    }
  }

  @Test(arguments: ["", "--stream"]) func `texts of several lines have an empty line between them`(option: String)
    throws
  {
    let texts = try run("sample verses --count 5 --temperature 0 \(option)").output
    #expect(texts.components(separatedBy: "\n\n").count == 5 && texts.contains("is "), "\(texts)")
    #expect(try !run("sample m --count 5 \(option)").output.contains("\n\n"))
  }

  @Test func `chat answers each line of a pipe with one line`() throws {
    let run = try run("chat verses --temperature 0", input: "a rose\nX\na sky\n")
    let lines = run.output.components(separatedBy: "\n")
    #expect(lines.count == 4 && lines[0].contains("\\nis ") && lines[1].isEmpty, "\(run.output)")
    let cut = try self.run("chat raw --max-tokens 1 --temperature 0", input: "a\nb\n")
    #expect(cut.errors.contains("of 2 texts (") && !cut.output.contains("…"), "\(cut.errors)")
  }

  @Test func `chat says how to leave`() throws {
    let session = try TerminalSession(["chat", "m"], in: folder)
    try session.type("", until: "Ctrl-D leaves; Ctrl-C stops a reply.\r\n")
    try session.type("", until: "> ")
    try session.type("\u{4}", until: "\n")
    #expect(try session.end() == 0)
  }

  // MARK: Random seeds

  @Test(arguments: ["sample m --count 5", "train names.txt --steps 2 --output n", "chat m"])
  func `a random seed is printed, and repeats the run`(command: String) throws {
    let first = try run("\(command) --seed random", input: "an\n")
    #expect(first.status == 0, "\(first.errors)")
    let words = first.errors.components(separatedBy: " ")
    let seed = words[try #require(words.firstIndex(of: "--seed")) + 1]
    #expect(first.errors.contains("Seed \(seed), chosen at random: --seed \(seed) gives the same "))
    let model = try command.hasPrefix("train") ? folder.contents("n") : Data()
    let again = try run("\(command) --seed \(seed)", input: "an\n")
    if command.hasPrefix("train") {
      #expect(try folder.contents("n") == model)
    } else {
      #expect(again.output == first.output)
    }
  }

  @Test(
    arguments: [
      (
        "sweep names.txt --vary seed=1,random",
        "a sweep that can be resumed needs given seeds; for example --vary seed=1..5"
      ),
      (
        "sweep names.txt --vary layers=1,2 -- --seed random",
        "a sweep that can be resumed needs given seeds; for example --vary seed=1..5"
      ),
      (
        "train names.txt --seed random --resume",
        "--resume continues a run with its seed; give --seed the number that the run printed"
      ),
    ])
  func `a random seed is refused where it has to stay`(command: String, message: String) throws {
    let run = try run(command)
    #expect(run.status == 64 && run.errors == "swiftlet: \(message)\n", "\(run.errors)")
  }
}
