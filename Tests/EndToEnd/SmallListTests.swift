import TestSupport
import Testing

/// A person who writes down fifty answers expects those answers.
@Suite("A short list of questions and answers is learned with nothing set") struct SmallListTests {
  private static let colors = [
    "sky": "blue", "grass": "green", "snow": "white", "coal": "black", "sun": "yellow", "rose": "red",
    "plum": "purple", "bear": "brown", "mouse": "gray", "carrot": "orange", "lemon": "yellow", "frog": "green",
    "crow": "black", "swan": "white", "cherry": "red", "whale": "gray", "lake": "blue", "pig": "pink",
    "leaf": "green", "bread": "brown", "milk": "white", "night": "black", "corn": "yellow", "brick": "red",
    "grape": "purple",
  ].sorted { $0.key < $1.key }

  @Test(arguments: ["word", "character"]) func `every question is answered as it was taught`(tokenizer: String) throws {
    let folder = try TemporaryFolder()
    func run(_ arguments: String, input: String = "") throws -> ToolRun {
      try ToolRun(arguments.split(separator: " ").map(String.init), in: folder, input: input)
    }
    let facts = Self.colors.map { "The \($0) is \($1)." }
    let questions = Self.colors.flatMap { noun, color in ["What color is the \(noun)?", "Is the \(noun) \(color)?"] }
    let answers = zip(Self.colors, facts).flatMap { pair, fact in [fact, "Yes, the \(pair.key) is \(pair.value)."] }
    let dialogue = zip(questions, answers).map { "User: \($0) Assistant: \($1)" }
    try folder.write("facts.txt", facts.joined(separator: "\n"))
    try folder.write("dialogue.txt", dialogue.joined(separator: "\n"))
    let first = try run("train facts.txt --tokenizer \(tokenizer)")
    let second = try run("train dialogue.txt --from facts.safetensors --grow-vocabulary")
    #expect(first.status == 0 && second.status == 0, "\(first.errors)\(second.errors)")
    #expect(second.errors.contains("Nothing is held out of so few documents, so the model learns all of them; "))
    let chat = try ToolRun(
      ["chat", "dialogue.safetensors", "--template", "User: {} Assistant:", "--temperature", "0"], in: folder,
      input: questions.joined(separator: "\n"))
    #expect(chat.output.split(separator: "\n").map(String.init) == answers, "\(chat.errors)")
  }
}
