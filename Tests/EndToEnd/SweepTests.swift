import Foundation
import TestSupport
import Testing

@Suite("swiftlet sweep trains each combination once, and resumes where it stopped")
struct SweepTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("names.txt", (0..<200).map { "name\(String($0, radix: 7))\n" }.joined())
  }

  private func sweep(_ options: String, signal: ToolRun.Signal? = nil) throws -> ToolRun {
    try ToolRun(["sweep", "names.txt"] + options.split(separator: " ").map(String.init), in: folder, signal: signal)
  }

  private func lines(_ name: String) throws -> [Substring] {
    String(decoding: try folder.contents(name), as: UTF8.self).split(separator: "\n")
  }

  @Test func `every combination has a model, a row and a place in the summary`() throws {
    let options = "--vary embedding=8,16 --vary seed=1..3 --jobs 2 -- --heads 2 --steps 40 --layers 1"
    let run = try sweep(options)
    #expect(run.status == 0, "\(run.errors)")
    #expect(try lines("names-sweep/table.jsonl").count == 6)
    #expect(run.output.hasPrefix("bits per byte  spread  models  held out  parameters  seconds  embedding\n"))
    #expect(run.output.contains("best  names-sweep/embedding-"))
    #expect(
      String(decoding: try folder.contents("names-sweep/summary.txt"), as: UTF8.self) + "best"
        == run.output.prefix { $0 != "/" }.dropLast("  names-sweep".count))
    // The models equal those of `train`, and a second sweep has nothing to do.
    let train = [
      "train", "names.txt", "--heads", "2", "--steps", "40", "--layers", "1", "--embedding", "8", "--seed", "3",
      "--output", "one",
    ]
    #expect(try ToolRun(train, in: folder).status == 0)
    #expect(try folder.contents("one") == folder.contents("names-sweep/embedding-8_seed-3.safetensors"))
    let again = try sweep(options)
    #expect(again.errors.contains("6 models in names-sweep, 0 of them to train"))
    #expect(again.output == run.output)
    #expect(try lines("names-sweep/table.jsonl").count == 6)
    // Another corpus needs another sweep.
    try folder.write("names.txt", "anna\nbob\neve\n")
    #expect(try sweep(options).errors.contains("6 models in names-sweep.\n"))
  }

  @Test func `an interrupted sweep resumes to the same table`() throws {
    let options = "--vary seed=1..40 --jobs 2 --output out -- --preset microgpt --validation 20 --steps 5000"
    let stopped = try sweep(options, signal: .init(SIGINT, awaiting: "40 models"))
    #expect(stopped.status == 130)
    #expect(stopped.errors.contains("the same command continues"))
    let run = try sweep(options)
    #expect(run.status == 0)
    #expect(Set(try lines("out/table.jsonl").compactMap { $0.firstMatch(of: /"seed":"\d+"/)?.0 }).count == 40)
    #expect(try lines("out/table.jsonl").count == 40)
  }

  @Test func `parts on several machines make the same models as one sweep`() throws {
    let options = "--vary seed=1..5 --output"
    for part in 1...2 {
      #expect(try sweep("\(options) parts --part \(part)/2 --quiet -- --preset microgpt --steps 20").status == 0)
    }
    let parts = try sweep("\(options) parts --json -- --preset microgpt --steps 20")
    #expect(try sweep("\(options) whole --quiet -- --preset microgpt --steps 20").status == 0)
    for seed in 1...5 {
      let name = "seed-\(seed).safetensors"
      #expect(try folder.contents("parts/\(name)") == folder.contents("whole/\(name)"))
    }
    let json = try #require(try JSONSerialization.jsonObject(with: Data(parts.output.utf8)) as? [String: Any])
    #expect((json["models"] as? [Any])?.count == 5)
  }

  @Test func `settings that cannot be trained become rows with an error, and the others are trained`() throws {
    let run = try sweep(
      "--vary heads=2,5 --vary learning-rate=0.01,1e30 --output out -- --layers 1 --steps 60 --schedule constant --warmup 0"
    )
    #expect(run.status == 0)
    #expect(run.errors.contains("heads=5 learning-rate=0.01: 5 heads do not divide"))
    #expect(run.errors.contains("heads=2 learning-rate=1e30:"))
    #expect(try lines("out/table.jsonl").count == 4)
    #expect(try lines("out/summary.txt").count == 2)
  }

  @Test(arguments: [
    ("--vary layers", "must be a name and different values"),
    ("--vary layrs=1,2", "did you mean --layers?"),
    ("--vary layers=1,2 -- --layers 3", "--layers is given twice"),
    ("--vary seed=1 -- --output x", "--output belongs to a single model"),
    ("--vary heads=2,3 -- --embedding 16", "3 heads do not divide an embedding of 16"),
    ("--vary lossy=maybe", "--lossy takes no value"),
    ("--part 3/2", "must be a part of a number of parts"),
  ])
  func `invalid input is refused before training`(options: String, sentence: String) throws {
    let run = try sweep(options)
    #expect(run.status == 64)
    #expect(run.errors.contains(sentence), "\(run.errors)")
    #expect(try folder.names == ["names.txt"])
  }
}
