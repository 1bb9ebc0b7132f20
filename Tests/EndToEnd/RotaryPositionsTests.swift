import Foundation
import TestSupport
import Testing

/// A network with rotary positions and a final norm does everything that any other does.
@Suite struct RotaryPositionsTests {
  static let options = "--positions rotary --final-norm --layers 2 --embedding 32 --heads 4 --members 1"
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

  @Test func `it is trained, described, sampled and scored`() throws {
    let trained = try train("--steps 300 --output model --json --quiet")
    try #require(trained.status == 0, "\(trained.errors)")
    let result = try #require(try JSONSerialization.jsonObject(with: Data(trained.output.utf8)) as? [String: Any])
    #expect(try #require(result["validationLoss"] as? Double) < 1)
    let info = try run("info model --json")
    let document = try #require(try JSONSerialization.jsonObject(with: Data(info.output.utf8)) as? [String: Any])
    let configuration = try #require(document["configuration"] as? [String: Any])
    #expect(configuration["positions"] as? String == "rotary" && configuration["final-norm"] as? Bool == true)
    #expect(try run("sample model --count 20 --temperature 0.5").output.contains("sleeps"))
    let score = try run("score model texts.txt --summary --json")
    #expect(score.status == 0 && score.output.contains("natsPerToken"))
  }

  @Test func `a checkpoint of another network is refused with the difference`() throws {
    let (length, steps) = ("--checkpoint-every 1000", "--steps 200000 --quiet")
    let stopped = try ToolRun(
      ["train", "texts.txt"]
        + "\(Self.options) \(steps) \(length) --output parts".split(separator: " ").map(String.init),
      in: folder, signal: .init(SIGINT) { [folder] _ in try folder.names.contains("parts.checkpoint") })
    try #require(stopped.status == 130)
    let other = try run(
      "train texts.txt \(Self.options.replacing("rotary --final-norm", with: "learned --no-final-norm")) \(steps) --output parts --resume"
    )
    #expect(other.status != 0)
    #expect(other.errors.contains("--positions is \"rotary\" there and \"learned\" here"), "\(other.errors)")
    #expect(other.errors.contains("--final-norm is true there and false here"), "\(other.errors)")
  }

  @Test func `it is exported, imported and fine-tuned`() throws {
    try #require(try train("--steps 100 --output model").status == 0)
    #expect(try run("export model --format pytorch --output out").status == 0)
    #expect(try run("import out --output back").status == 0)
    #expect(try run("sample back").output == run("sample model --memory 0").output)
    let page = try run("export model --format html --output page.html")
    #expect(page.status == 0, "\(page.errors)")
    let tuned = try run("train more.txt --from model --grow-vocabulary --steps 100 --output tuned")
    #expect(tuned.status == 0, "\(tuned.errors)")
    let info = try run("info tuned --json").output
    #expect(info.contains("\"positions\": \"rotary\"") && info.contains("\"final-norm\": true"))
    #expect(try run("sample tuned --count 5").status == 0)
  }

  @Test func `heads of an odd size are refused with a way out`() throws {
    let given = try run("train texts.txt --positions rotary --embedding 20 --heads 4")
    #expect(given.status == 64)
    #expect(given.errors.contains("use 2 heads, an embedding of 24, or learned positions."), "\(given.errors)")
    // The suggested heads have an even size where there is one.
    #expect(try run("train texts.txt --positions rotary --embedding 24 --steps 1").status == 0)
    let odd = try run("train texts.txt --positions rotary --embedding 15 --steps 1")
    #expect(odd.status == 64)
    #expect(odd.errors.contains("or learned positions."), "\(odd.errors)")
    #expect(try run("train texts.txt --embedding 15 --steps 1 --output odd").status == 0)
    #expect(try run("info odd --json").output.contains("\"positions\": \"learned\""))
  }
}
