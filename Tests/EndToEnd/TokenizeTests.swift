import TestSupport
import Testing

@Suite("swiftlet tokenize")
struct TokenizeTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("words.txt", "C++ is it.\nIs  it?\n")
    try folder.write("names.txt", "anna\nbob\n")
  }

  @Test func `tokens, their ids and the decoded text are printed`() throws {
    let run = try ToolRun(["tokenize", "--tokenizer", "word", "--corpus", "words.txt", "Is  C++?"], in: folder)
    #expect(run.errors == "")
    #expect(run.output == "tokens   Is│␣│␣│C│∅│+│+│?\nids      5 8 8 4 7 0 0 3\ndecoded  Is  C++?\n")
  }

  @Test func `lines of standard input are printed as ids`() throws {
    let run = try ToolRun(["tokenize", "--corpus", "names.txt", "--ids"], in: folder, input: "nab\r\n\nbon")
    #expect(run.output == "2 0 1\n\n1 3 2\n")
  }

  @Test func `a model is used with its own tokenizer`() throws {
    #expect(try ToolRun(["train", "names.txt", "--steps", "0", "--output", "m", "--quiet"], in: folder).status == 0)
    let run = try ToolRun(["tokenize", "--model", "m", "--json", "ban"], in: folder)
    let text = run.output.filter { !$0.isWhitespace }
    #expect(
      text
        == #"[{"text":"ban","tokens":[{"id":1,"text":"b"},{"id":0,"text":"a"},{"id":2,"text":"n"}],"decoded":"ban"}]"#)
  }

  @Test(arguments: [
    ([], "", 64, "", "give either --model MODEL, to use its tokenizer, or --corpus FILE, to train one"),
    (["--corpus", "names.txt", "--model", "m"], "", 64, "", "give either"),
    (
      ["--corpus", "names.txt", "bad"], "", 65, "", "“d” at byte 2 of “bad” is not in the vocabulary; train on a corpus"
    ),
    (
      ["--corpus", "names.txt"], "bob\nbad\n", 65, "tokens   b│o│b\nids      1 3 1\ndecoded  bob\n",
      "standard input, line 2: “d” at byte 2"
    ),
    (["--corpus", "names.txt", "--merges", "x", "a"], "", 64, "", "--merges x: must be"),
    (["--corpus", "names.txt", "--tokenizer", "word", "--keep", "(", "a"], "", 64, "", "“(” is not a valid value of"),
  ])
  func `invalid input is refused`(arguments: [String], input: String, status: Int32, output: String, message: String)
    throws
  {
    let run = try ToolRun(["tokenize"] + arguments, in: folder, input: input)
    #expect(run.errors.hasPrefix("swiftlet: \(message)"), "\(run.errors)")
    #expect(run.status == status)
    #expect(run.output == output)
  }

  /// Otherwise ICU would silently split by its general rules.
  @Test func `an unknown locale is reported`() throws {
    let run = try ToolRun(
      ["tokenize", "--tokenizer", "word", "--corpus", "words.txt", "--locale", "xx", "Is"], in: folder)
    #expect(run.errors.contains("does not know the locale “xx”"))
    #expect(run.status == 0)
  }
}
