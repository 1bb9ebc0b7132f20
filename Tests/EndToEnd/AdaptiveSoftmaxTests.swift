import Foundation
import TestSupport
import Testing

/// A network with an adaptive softmax does everything that any other does.
@Suite struct AdaptiveSoftmaxTests {
  static let options = "--tokenizer word --cutoffs 4,8 --layers 2 --embedding 32 --members 1"
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let first = ["the dog sleeps", "the cat eats", "a bird sings", "the bird sleeps", "one fox ran, as ever"]
    try folder.write("texts.txt", (0..<200).map { "\(first[$0 % 5]) and \(first[$0 / 5 % 5])\n" }.joined())
    try folder.write("more.txt", (0..<60).map { "does \(first[$0 % 5])? \($0 % 2 == 0 ? "yes" : "no")\n" }.joined())
  }

  private func run(_ command: String) throws -> ToolRun {
    try ToolRun(command.split(separator: " ").map(String.init), in: folder)
  }

  private func train(_ options: String) throws -> ToolRun { try run("train texts.txt \(Self.options) \(options)") }

  private func json(_ run: ToolRun) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any], "\(run.output)\(run.errors)")
  }

  @Test func `it is trained, described, sampled and scored, with its memory`() throws {
    let trained = try json(train("--steps 200 --output model --json --quiet"))
    #expect(try #require(trained["networkValidationLoss"] as? Double) < 1.3)
    let configuration = try #require(try json(run("info model --json"))["configuration"] as? [String: Any])
    #expect(configuration["cutoffs"] as? [Int] == [4, 8])
    #expect(try run("info model").output.contains("[4,8]"))
    for options in ["", "--memory 0", "--top-k 3", "--top-p 0.5 --temperature 0.7"] {
      #expect(try run("sample model --count 20 \(options)").output.contains("the"), "\(options)")
    }
    #expect(try run("score model texts.txt --summary --json").output.contains("natsPerToken"))
  }

  /// The samples have the probabilities that the scores say.
  @Test func `frequencies of samples agree with scores`() throws {
    try #require(try train("--steps 60 --output model --memory none").status == 0)
    let count = 4000
    let sampled = try run("sample model --count \(count) --max-tokens 1 --temperature 1 --seed 5")
    let samples = sampled.output.split(separator: "\n")
    for word in ["the", "a", "one"] {
      try folder.write("word.txt", word + "\n")
      let scored = try #require(
        try JSONSerialization.jsonObject(
          with: Data(run("score model word.txt --per-token --json").output.utf8)) as? [[String: Any]])
      let nats = try #require((scored.first?["nats"] as? [Double])?.first)
      let share = Double(samples.count { $0 == word }) / Double(count)
      let expected = exp(-nats)
      let deviation = (expected * (1 - expected) / Double(count)).squareRoot()
      #expect(abs(share - expected) < 5 * deviation, "\(word): \(share) where \(expected) is expected")
    }
  }

  @Test func `it is exported to PyTorch and to a page, refused elsewhere with a reason, and fine-tuned`() throws {
    try #require(try train("--steps 100 --output model").status == 0)
    #expect(try run("export model --format pytorch --output out").status == 0)
    #expect(try run("import out --output back").status == 0)
    #expect(try run("sample back").output == run("sample model --memory 0").output)
    let page = try run("export model --format html --output page.html")
    #expect(page.status == 0, "\(page.errors)")
    let other = try run("export model --format gguf --output model.gguf")
    #expect(other.status == 65 && other.errors.contains("adaptive softmax"), "\(other.errors)")
    #expect(other.errors.contains("--cutoffs none"))
    let tuned = try run("train more.txt --from model --grow-vocabulary --steps 100 --output tuned")
    #expect(tuned.status == 0, "\(tuned.errors)")
    #expect(try run("info tuned --json").output.contains("\"cutoffs\""))
    #expect(try run("sample tuned --count 5").status == 0)
  }

  @Test(arguments: [("5,4", 64), ("x", 64), ("0", 64), ("4,999999", 64)])
  func `wrong cutoffs are refused`(cutoffs: String, status: Int32) throws {
    let refused = try run("train texts.txt --tokenizer word --cutoffs \(cutoffs) --steps 1")
    #expect(refused.status == status && refused.errors.contains("cutoff"), "\(refused.errors)")
  }

  /// A book by word gets it by itself, characters and short lists of words do not.
  @Test func `many words get it by default`() throws {
    let words = (0..<30_000).map { "w\($0 % 5 == 0 ? $0 : $0 % 200)" }
    let lines = stride(from: 0, to: words.count, by: 10).map { words[$0..<$0 + 10].joined(separator: " ") + "\n" }
    try folder.write("book.txt", lines.joined())
    #expect(try run("train book.txt --tokenizer word --steps 2 --output book").status == 0)
    #expect(try run("info book --json").output.contains("\"cutoffs\""))
    for options in ["--tokenizer word --cutoffs none", "--tokenizer word --portable", "--tokenizer character"] {
      #expect(try run("train book.txt \(options) --steps 2 --output other --force").status == 0)
      let configuration = try #require(try json(run("info other --json"))["configuration"] as? [String: Any])
      #expect(configuration["cutoffs"] == nil, "\(options)")
    }
  }
}
