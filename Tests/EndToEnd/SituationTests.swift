import Foundation
import TestSupport
import Testing

/// Training on real-world texts. Failures of the machine are in `BrokenMachineTests`, stopped runs in `ResumeTests`,
/// invalid arguments and files in `WrongInputTests`, and hostile model files in `HostileFileTests`.
@Suite("Real-world texts can be trained on, and their oddities are reported")
struct SituationTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String) throws -> ToolRun {
    try ToolRun(arguments.split(separator: " ").map(String.init), in: folder)
  }

  @Test func `bytes that are not UTF-8 are refused with their place, or replaced and counted`() throws {
    try folder.write("latin.txt", [0x61, 0x0A, 0x62, 0xE9, 0x0A, 0xE9, 0x0A])
    let refused = try run("train latin.txt --steps 1")
    #expect(refused.status == 65)
    #expect(refused.errors.hasPrefix("swiftlet: latin.txt, line 2, byte 3: the byte E9 is not UTF-8. "))
    #expect(refused.errors.contains("--lossy"))
    #expect(try folder.names == ["latin.txt"])
    let lossy = try run("train latin.txt --steps 1 --lossy")
    #expect(lossy.status == 0)
    #expect(lossy.errors.contains("2 pieces that were not UTF-8 were replaced by U+FFFD.\n"))
  }

  @Test func `control characters are tokens like other characters`() throws {
    try folder.write("odd.txt", Array("a\u{0}b\na\u{1B}[2Jb\n".utf8))
    #expect(try run("train odd.txt --steps 3 --quiet").status == 0)
    try folder.write("again.txt", Array("b\u{0}a\u{1B}\n".utf8))
    let run = try run("score odd.safetensors again.txt --json")
    #expect(run.status == 0)
    #expect(run.output.contains(#""text":"b\u0000a\u001b""#))
  }

  @Test func `CR LF line ends and the byte order mark are dropped and reported once`() throws {
    try folder.write("windows.txt", "\u{FEFF}anna\r\nbob\r\n\r\nanna\r\n")
    try folder.write("plain.txt", "anna\nbob\n\nanna\n")
    let run = try run("train windows.txt --steps 3 --output windows")
    #expect(run.status == 0)
    #expect(run.errors.contains("1 byte order mark was dropped.\n4 lines ended in CR LF; the CRs were dropped.\n"))
    #expect(try self.run("train plain.txt --steps 3 --output plain --quiet").status == 0)
    for model in ["windows", "plain"] {
      let run = try self.run("tokenize --model \(model) --ids annabo")
      #expect(run.output == "0 2 2 0 1 3\n")
    }
  }

  @Test func `one document is enough, even with a larger batch`() throws {
    try folder.write("one.txt", "a text\n")
    let run = try run("train one.txt --steps 3 --batch 64")
    #expect(run.status == 0)
    #expect(run.errors.contains("Nothing is held out of so few documents, so the model learns all of them; "))
    let wanted = try self.run("train one.txt --steps 3 --validation 0.5 --force")
    #expect(wanted.errors.contains("Nothing is held out: the corpus has too few different documents.\n"))
  }

  @Test func `a book has its end held out`() throws {
    try folder.write("book.txt", (0..<400).map { "line \($0 * $0)" }.joined(separator: "\n"))
    let run = try run("train book.txt --documents whole --steps 3")
    #expect(run.status == 0)
    #expect(run.errors.contains("The last 10.0% of 1 long document is held out.\n"))
    #expect(run.output.contains("held out   "))
  }

  @Test func `documents longer than the context are split into windows, and counted`() throws {
    try folder.write(
      "long.txt", String(repeating: "abc ", count: 50) + "\n" + "short\n" + String(repeating: "b", count: 90))
    let run = try run("train long.txt --steps 3 --context 16")
    #expect(run.status == 0)
    #expect(run.errors.contains("2 documents longer than the context are split into 16-token windows.\n"))
  }

  @Test(.disabled(if: isSanitized, "its memory cannot be limited"))
  func `a line of 100 MB takes memory in proportion to its length`() throws {
    let line = Array(repeating: Array("some words, ".utf8), count: 100_000_000 / 12).joined()
    try folder.write("line.txt", Array(line))
    let options = "train line.txt --steps 1 --batch 1 --validation 0 --quiet"
    let run = try ToolRun(options.split(separator: " ").map(String.init), in: folder, megabytes: 900)
    #expect(run.status == 0, "\(run.errors)")
  }

  /// A sparse file can claim any size.
  @Test(.disabled(if: isSanitized, "its memory cannot be limited"))
  func `a file larger than memory is refused at once`() throws {
    try folder.write("hole.txt", "anna\n")
    #expect(truncate(folder.path("hole.txt"), 1 << 43) == 0)
    let run = try ToolRun(["train", "hole.txt"], in: folder, megabytes: 100)
    #expect(run.status == 65)
    #expect(run.errors.contains("hole.txt has 8796093022208 bytes, and this machine has memory for "))
  }

  @Test func `text outside the vocabulary is named, or becomes the unknown token if the model has one`() throws {
    try folder.write("names.txt", "anna\nbob\n")
    #expect(try run("train names.txt --steps 1 --quiet").status == 0)
    try folder.write("other.txt", "bob\nnaz\n")
    for arguments in ["sample names.safetensors --prompt naz", "score names.safetensors other.txt --unknown error"] {
      let run = try run(arguments)
      #expect(run.status == 65)
      #expect(run.errors.contains("“z” at byte 2 of “naz” is not in the vocabulary; "))
    }
    let score = try self.run("score names.safetensors other.txt")
    #expect(score.status == 0)
    #expect(score.output.contains("unknown\t“z”\tnaz\n"))
    #expect(score.errors.hasSuffix("the first is other.txt, line 2: “z”.\n"))
    try folder.write("words.txt", "the cat\nthe dog\nthe cat\n")
    #expect(try run("train words.txt --tokenizer word --min-count 2 --steps 1 --output words --quiet").status == 0)
    let run = try ToolRun(["sample", "words", "--prompt", "the bird", "--count", "1"], in: folder)
    #expect(run.status == 0)
    #expect(
      run.errors
        == "swiftlet: “the bird” has 1 token that the model does not know; the model will continue as best it can.\n")
    #expect(run.output.hasPrefix("the bird"))
    #expect(try self.run("score words other.txt").status == 0)
  }

  @Test func `a diverged run names the step, and its last checkpoint stays usable`() throws {
    try folder.write("names.txt", "anna\nbob\ncarla\n")
    let options = "train names.txt --preset microgpt --output model --checkpoint-every 1"
    #expect(try run("\(options) --steps 3 --quiet").status == 0)
    let model = try folder.contents("model")
    let diverged = try run("\(options) --learning-rate 1e30")
    #expect(diverged.status == 65)
    #expect(
      diverged.errors.contains(
        /diverged at step \d+: the loss is .+ and the gradient norm .+, at a learning rate of \d/))
    #expect(try folder.contents("model") == model)
    #expect(try run("info model.checkpoint").status == 0)
    #expect(try folder.names == ["model", "model.checkpoint", "names.txt"])
  }

  @Test(arguments: [
    "sample names.safetensors --count 1000000", "sample names.safetensors --count 1000000 --json",
    "score names.safetensors many.txt",
  ])
  func `a closed pipe ends a command without an error`(arguments: String) throws {
    try folder.write("names.txt", "anna\nbob\n")
    try folder.write("many.txt", String(repeating: "anna\n", count: 200_000))
    #expect(try run("train names.txt --steps 1 --quiet").status == 0)
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.currentDirectoryURL = folder.url
    shell.arguments = [
      "-c", "{ \"$0\" \(arguments) 2>errors; echo $? >status; } | head -n 1 >first", try ToolRun.tool.path,
    ]
    try shell.run()
    shell.waitUntilExit()
    #expect(try folder.contents("status") == Data("0\n".utf8))
    #expect(try folder.contents("errors").isEmpty)
    #expect(try !folder.contents("first").isEmpty)
  }
}
