import Foundation
import TestSupport
import Testing

@Suite("Chat with a model")
struct ChatTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let lines = (0..<200).map { _ in "Q: who barks? A: the dog\nQ: who purrs? A: the cat\n" }.joined()
    try folder.write("talk.txt", lines)
    let run = try ToolRun(
      ["train", "talk.txt", "--tokenizer", "word", "--steps", "300", "--output", "talk", "--quiet"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
  }

  private static let chat = ["chat", "talk", "--template", "Q: {} A:", "--temperature", "0"]

  @Test func `every line of a pipe gets a reply`() throws {
    let run = try ToolRun(Self.chat, in: folder, input: "who barks?\nwho purrs?\nwhat?\nwho barks?")
    #expect(run.output == "the dog\nthe cat\n\nthe dog\n")
    #expect(run.errors == "swiftlet: the model does not know “what”.\n")
    #expect(run.status == 0)
  }

  /// Otherwise a person would have to guess which words the model knows.
  @Test func `an unknown word has a suggestion, and a line can be answered without it`() throws {
    let run = try ToolRun(Self.chat, in: folder, input: "who bark?\n")
    #expect(run.output == "\n")
    #expect(run.errors == "swiftlet: the model does not know “bark” (did you mean “barks”?).\n")
    let skipping = try ToolRun(
      Self.chat + ["--unknown", "skip"], in: folder, input: "who really barks?\nso who purrs\u{20}now?\nnonsense\n")
    #expect(skipping.output == "the dog\nthe cat\n\n")
    #expect(
      skipping.errors == """
        swiftlet: the model does not know “really”; it answers without it.
        swiftlet: the model does not know “so” “now”; it answers without them.
        swiftlet: the model does not know “nonsense”.

        """)
    #expect(skipping.status == 0)
    let score = try ToolRun(["score", "talk", "-"], in: folder, input: "Q: who bark? A: the dog\n")
    #expect(score.errors.contains("“bark” (did you mean “barks”?)."), "\(score.errors)")
  }

  @Test func `a program gets an object for each line`() throws {
    let run = try ToolRun(
      Self.chat + ["--json", "--unknown", "skip"], in: folder, input: "who barks?\nwho really purrs?\nwhat\n")
    #expect(
      run.output == """
        {"text":"the dog","complete":true,"unknown":[],"error":null}
        {"text":"the cat","complete":true,"unknown":["really"],"error":null}
        {"text":null,"complete":false,"unknown":["what"],"error":"the model does not know “what”."}

        """)
    #expect(run.status == 0)
  }

  @Test func `on a terminal a line can be edited, the up arrow recalls it, and Ctrl-D ends the chat`() throws {
    let session = try TerminalSession(Self.chat, in: folder)
    try session.type("", until: "> ")
    try session.type("who barks?\u{1B}[D\u{17}purrs\r", until: "the cat\r\n\r> ")
    try session.type("\u{1B}[A\r", until: "the cat\r\n\r> ")
    try session.type("nonsense\u{3}", until: "\n\r> ")
    try session.type("\u{1B}[A\u{1B}[A\u{1B}[B\u{15}who barks?\r", until: "the dog\r\n\r> ")
    try session.type("who \u{4}", until: "> who ")
    try session.type("\u{15}\u{4}", until: "\n")
    #expect(try session.end() == 0)
  }

  /// Otherwise the user's shell would no longer show what is typed.
  @Test(arguments: [SIGTERM, SIGINT])
  func `a signal that ends the chat restores the terminal`(signal: Int32) throws {
    let session = try TerminalSession(Self.chat, in: folder)
    try session.type("", until: "> ")
    try session.type("who", until: "> who")
    #expect(session.settings != session.settingsBefore)
    session.send(signal)
    #expect(try session.end() == 128 + signal)
    #expect(session.settings == session.settingsBefore)
  }

  @Test func `Ctrl-C stops the reply but not the chat`() throws {
    // This untrained model never predicts the end of a text; a preset, because suggested recipes change.
    let sizes = "--preset microgpt --steps 0 --seed 2 --context 8192 --embedding 128 --heads 8 --layers 4"
    let model = try ToolRun(
      ["train", "talk.txt", "--output", "long", "--quiet"] + sizes.split(separator: " ").map(String.init), in: folder)
    #expect(model.status == 0, "\(model.errors)")
    let sample = ["sample", "long", "--prompt", "who", "--temperature", "0", "--count", "1", "--max-tokens", "1000"]
    try #require(try ToolRun(sample, in: folder).output.count > 1000, "the reply ends by itself")
    let session = try TerminalSession(["chat", "long", "--temperature", "0"], in: folder)
    try session.type("", until: "> ")
    try session.type("who\r", until: "\r\nwho")
    session.send(SIGINT)
    try session.type("", until: "\r\n\r> ")
    // A reply that fills the context ends in an ellipsis; a stopped one does not.
    #expect(!session.shown.contains("…"))
    try session.type("\u{4}", until: "\n")
    #expect(try session.end() == 0)
  }

  @Test func `a template without a place for the line is refused`() throws {
    let run = try ToolRun(["chat", "talk", "--template", "Q: A:"], in: folder)
    #expect(run.status == 64)
    #expect(run.errors.contains("--template needs {} once"))
  }
}
