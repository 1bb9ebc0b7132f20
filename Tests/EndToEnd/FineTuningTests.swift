import Foundation
import TestSupport
import Testing

/// Training that continues from a model on another corpus.
@Suite struct FineTuningTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let first = ["the dog sleeps", "the cat eats", "a bird sings", "the bird sleeps"]
    try folder.write("first.txt", (0..<200).map { "\(first[$0 % 4]) and \(first[$0 / 4 % 4])\n" }.joined())
    try folder.write("known.txt", (0..<60).map { "\(first[$0 % 4]) and \(first[$0 / 4 % 4])\n" }.joined())
    try folder.write("new.txt", (0..<60).map { "does \(first[$0 % 4])? \($0 % 2 == 0 ? "yes" : "no")\n" }.joined())
    #expect(try train("first.txt --tokenizer word --steps 300 --output first").status == 0)
  }

  func train(_ options: String) throws -> ToolRun {
    try ToolRun(["train"] + options.split(separator: " ").map(String.init), in: folder)
  }

  @Test func `fine-tuning starts from the weights of the trained model`() throws {
    let run = try train("known.txt --from first --steps 1 --output second --json --quiet")
    #expect(run.status == 0)
    let new = try train("known.txt --tokenizer word --steps 1 --output third --json --quiet")
    #expect(try loss(run) < loss(new) - 1)
  }

  private func loss(_ run: ToolRun) throws -> Double {
    let object = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    return try #require(object["loss"] as? Double)
  }

  @Test func `characters outside the vocabulary are listed, or added on request`() throws {
    let refused = try train("new.txt --from first --output second")
    #expect(refused.status == 65)
    #expect(refused.errors.contains("does not know 4 tokens of this corpus: “?”, “does”, "))
    #expect(try !folder.names.contains("second"))
    let grown = try train("new.txt --from first --grow-vocabulary --steps 100 --output second")
    #expect(grown.status == 0)
    #expect(grown.errors.contains("4 tokens of the corpus are new to the model"))
    let sample = try ToolRun(["sample", "second", "--count", "20"], in: folder)
    #expect(sample.status == 0 && sample.output.contains("does"))
  }

  @Test func `options for new models are refused`() throws {
    for options in ["--preset microgpt", "--tokenizer word", "--layers 3", "--unit byte"] {
      let run = try train("known.txt --from first --output second \(options)")
      #expect(run.status == 64, "\(options)")
    }
    #expect(try train("known.txt --grow-vocabulary --output second").status == 64)
    #expect(try train("known.txt --from nothing --output second").status == 66)
  }

  @Test func `an interrupted and resumed run writes the same file`() throws {
    let options = "known.txt --from first --steps 40 --output"
    #expect(try train("\(options) whole").status == 0)
    #expect(try train("\(options) parts --checkpoint-every 15").status == 0)
    #expect(try train("\(options) parts --resume").status == 0)
    #expect(try folder.contents("whole") == folder.contents("parts"))
  }
}
