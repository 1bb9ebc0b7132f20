import Foundation
import TestSupport
import Testing

@Suite("The n-gram memory of a model")
struct NGramMemoryTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let fruits = ["apple", "banana", "cherry", "lemon", "orange", "peach", "plum", "grape"]
    let lines = (0..<400).map { "\($0 % 7) \(fruits[$0 % 8]) and \(fruits[$0 / 3 % 8])\($0 % 3 == 0 ? " pie" : "")" }
    try folder.write("fruits.txt", lines.joined(separator: "\n") + "\n")
  }

  private func run(_ command: String, signal: ToolRun.Signal? = nil) throws -> ToolRun {
    try ToolRun(command.split(separator: " ").map(String.init), in: folder, signal: signal)
  }

  private func json(_ command: String) throws -> [String: Any] {
    let run = try run(command + " --json")
    try #require(run.status == 0, "\(run.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }

  private static let options = "--layers 1 --embedding 16 --steps 40"

  @Test func `it predicts held-out texts better, and samples and scores use it`() throws {
    let summary = try json("train fruits.txt \(Self.options) --output model")
    let loss = try #require(summary["validationLoss"] as? Double)
    let network = try #require(summary["networkValidationLoss"] as? Double)
    #expect(loss < network - 0.05)
    let (with, without) = (
      try json("score model fruits.txt --summary"), try json("score model fruits.txt --summary --memory 0")
    )
    let (scored, alone) = (
      try #require(with["natsPerToken"] as? Double), try #require(without["natsPerToken"] as? Double)
    )
    #expect(scored < alone - 0.1)
    let samples = try run("sample model --count 30")
    #expect(samples.output == (try run("sample model --count 30 --threads 2")).output)
    #expect(samples.output != (try run("sample model --count 30 --memory 0")).output)
    let info = try run("info model").output
    #expect(info.contains("A reader of the file can read parts of the training text in it."))
  }

  @Test func `--memory limits its size, and none leaves it out`() throws {
    var sizes: [Int] = []
    for memory in ["none", "2000", "20000"] {
      #expect(try run("train fruits.txt \(Self.options) --memory \(memory) --output \(memory)").status == 0)
      sizes.append(try folder.contents(memory).count)
    }
    #expect(sizes[1] - sizes[0] < 3000 && sizes[2] - sizes[0] < 21_000 && sizes[2] > sizes[1] && sizes[1] > sizes[0])
    #expect(try run("info none").output.contains("n-gram memory     none"))
    let run = try run("sample none --memory 0.5")
    #expect(run.status == 64 && run.errors.contains("--memory needs a model with an n-gram memory, and none has none"))
    #expect(try self.run("sample none --memory 0").status == 0)
    #expect(try self.run("train fruits.txt --memory some").status == 64)
  }

  @Test func `presets have none`() throws {
    #expect(try run("train fruits.txt --preset microgpt --steps 5 --output model").status == 0)
    #expect(try run("info model").output.contains("n-gram memory     none"))
  }

  @Test func `an interrupted run has one, and resumes to the same bytes`() throws {
    let options = "--layers 1 --embedding 32 --steps 3000 --batch 32"
    #expect(try run("train fruits.txt \(options) --output whole").status == 0)
    #expect(
      try run("train fruits.txt \(options) --output parts", signal: .init(SIGINT, awaiting: "parameters")).status == 130
    )
    #expect(try run("info parts").output.contains("A reader of the file"))
    #expect(try run("train fruits.txt \(options) --output parts --resume").status == 0)
    #expect(try folder.contents("whole") == folder.contents("parts"))
  }
}
