import Foundation
import TestSupport
import Testing

/// A model of several networks does everything that any other does.
@Suite struct MembersTests {
  static let options = "--members 3 --layers 1 --embedding 16"
  private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let first = ["the dog sleeps", "the cat eats", "a bird sings", "the bird sleeps"]
    try folder.write("texts.txt", (0..<200).map { "\(first[$0 % 4]) and \(first[$0 / 4 % 4])\n" }.joined())
    try folder.write("more.txt", (0..<60).map { "does \(first[$0 % 4])? \($0 % 2 == 0 ? "yes" : "no")\n" }.joined())
  }

  private func run(_ command: String) throws -> ToolRun {
    try ToolRun(command.split(separator: " ").map(String.init), in: folder)
  }

  private func train(_ options: String) throws -> ToolRun { try run("train texts.txt \(Self.options) \(options)") }

  private func json(_ run: ToolRun) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any], "\(run.output)\(run.errors)")
  }

  @Test func `it is trained, described, sampled and scored, with and without a memory`() throws {
    let trained = try train("--steps 200 --output model --report report.html")
    try #require(trained.status == 0 && trained.errors.contains("3 networks of 1 layer"), "\(trained.errors)")
    let single = try run(
      "train texts.txt --members 1 --layers 1 --embedding 16 --steps 200 --output single --json --quiet")
    let document = try json(run("info model --json"))
    #expect((document["configuration"] as? [String: Any])?["members"] as? Int == 3)
    #expect(
      try String(contentsOf: folder.url.appending(path: "report.html"), encoding: .utf8).contains(
        "3 networks of 1 layer"))
    #expect(try run("info model").output.contains("networks          3\n"))
    #expect(document["parameters"] as? Int == 3 * (try #require(try json(single)["parameters"] as? Int)))
    for options in ["", "--memory 0", "--top-k 3", "--prompt the"] {
      let samples = try run("sample model --count 20 \(options)")
      #expect(samples.output.contains("the"), "\(samples.output)\(samples.errors)")
      #expect(try run("sample model --count 20 --threads 3 \(options)").output == samples.output)
    }
    let score = try json(run("score model texts.txt --summary --json"))
    #expect(try #require(score["natsPerToken"] as? Double) < 1)
  }

  /// The networks differ, and together they are better than the first alone.
  @Test func `the mean of the networks is better than one of them`() throws {
    let names = root.appending(path: "corpora/names.txt").path
    func loss(_ members: Int) throws -> Double {
      let options = "--layers 1 --embedding 16 --steps 200 --memory none --json --quiet --force --output model"
      return try #require(
        try json(run("train \(names) --members \(members) \(options)"))["validationLoss"] as? Double)
    }
    #expect(try loss(4) < loss(1) - 0.01)
  }

  @Test func `it is exported to a page, its first network elsewhere, and it is fine-tuned`() throws {
    try #require(try train("--steps 60 --output model").status == 0)
    let page = try run("export model --format html --output page.html")
    #expect(page.status == 0, "\(page.errors)")
    let folder = try run("export model --format pytorch --output out")
    #expect(folder.status == 0 && folder.errors.contains("the first of 3 networks"), "\(folder.errors)")
    #expect(try run("import out --output one").status == 0)
    try #require(
      try run("train texts.txt --members 1 --layers 1 --embedding 16 --steps 60 --output single").status == 0)
    #expect(try run("sample one").output == run("sample single --memory 0").output)
    let tuned = try run("train more.txt --from model --grow-vocabulary --context 80 --steps 60 --output tuned")
    #expect(tuned.status == 0, "\(tuned.errors)")
    #expect(try run("info tuned --json").output.contains("\"members\": 3"))
    #expect(try run("sample tuned --count 5").status == 0)
  }

  @Test func `auto is the choice of the recipe`() throws {
    for (name, options) in [("default", ""), ("auto", "--members auto --memory auto")] {
      try #require(try run("train texts.txt --steps 20 --output \(name) \(options)").status == 0)
    }
    let models = try ["default", "auto"].map { try Data(contentsOf: folder.url.appending(path: $0)) }
    #expect(models[0] == models[1])
    #expect(try run("train texts.txt --preset microgpt --steps 5 --memory auto --output preset").status == 0)
    #expect(!(try run("info preset").output.contains("n-grams of up to")), "the presets have none")
  }

  @Test func `wrong numbers and other checkpoints are refused`() throws {
    for (options, sentence) in [
      ("--members 0", "from 1 to 16"), ("--members 17", "from 1 to 16"), ("--members 2 --portable", "exclude"),
    ] {
      let refused = try run("train texts.txt --steps 1 \(options)")
      #expect(refused.status == 64 && refused.errors.contains(sentence), "\(refused.errors)")
    }
  }

  @Test(arguments: ["member1.wte", "member2.layer0.mlp_fc1"]) func `a file without one of the tensors is refused`(
    name: String
  ) throws {
    try #require(try train("--steps 2 --output model").status == 0)
    var bytes = try Data(contentsOf: folder.url.appending(path: "model"))
    let range = try #require(bytes.range(of: Data("\"\(name)\"".utf8)))
    bytes.replaceSubrange(range, with: Data("\"\(String(name.reversed()))\"".utf8))
    try bytes.write(to: folder.url.appending(path: "broken"))
    let refused = try run("sample broken")
    #expect(refused.status == 65 && refused.errors.contains("its tensor \(name) is missing"), "\(refused.errors)")
  }
}
