import Foundation
import TestSupport
import Testing

@Suite("swiftlet train --optimizer muon")
struct MuonTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let names = (0..<300).map { "name\(String($0, radix: 7))" }.joined(separator: "\n")
    try folder.write("names.txt", names + "\n")
  }

  private static let options =
    "--layers 2 --embedding 32 --heads 4 --bigrams 0 --trigrams 0 --batch 64 --optimizer muon"

  private func train(_ options: String, signal: ToolRun.Signal? = nil) throws -> ToolRun {
    try ToolRun(["train", "names.txt"] + options.split(separator: " ").map(String.init), in: folder, signal: signal)
  }

  private func loss(_ options: String) throws -> Double {
    let run = try train("\(options) --json --force --output model")
    try #require(run.status == 0, "\(run.errors)")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    return try #require(object["loss"] as? Double)
  }

  @Test func `a model is the same with any number of threads, and says how it was trained`() throws {
    for threads in [1, 2, 4] {
      let run = try train("\(Self.options) --steps 60 --clip 1 --threads \(threads) --output \(threads)")
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.errors.contains(", and Muon's of 0.03."))
    }
    #expect(try folder.contents("1") == folder.contents("2"))
    #expect(try folder.contents("1") == folder.contents("4"))
    let info = try ToolRun(["info", "1"], in: folder).output
    #expect(info.contains("muon"))
  }

  @Test func `training reduces the loss, at the rate that is given`() throws {
    let untrained = try loss("\(Self.options) --steps 1")
    let trained = try loss("\(Self.options) --steps 200")
    #expect(trained < 0.7 * untrained)
    #expect(try loss("\(Self.options) --steps 200 --muon-rate 0.0001") > trained)
  }

  /// They are two programs, and rounding errors grow from step to step.
  @Test func `both engines train alike`() throws {
    let options = "--layers 1 --embedding 16 --heads 4 --bigrams 0 --trigrams 0 --batch 40 --optimizer muon --steps 3"
    let (fast, scalar) = (try loss(options), try loss("\(options) --engine scalar"))
    #expect(abs(fast - scalar) < 1e-3 * scalar)
  }

  @Test func `an interrupted run resumes to the same bytes, and not with another optimizer`() throws {
    let options = "\(Self.options) --steps 400"
    #expect(try train("\(options) --output whole").status == 0)
    #expect(try train("\(options) --output parts", signal: .init(SIGINT, awaiting: "parameters")).status == 130)
    let adam = try train("\(options.replacing("muon", with: "adam")) --output parts --resume")
    #expect(adam.status == 64)
    #expect(adam.errors.contains("--optimizer is \"muon\" there and \"adam\" here"))
    let rate = try train("\(options) --muon-rate 0.01 --output parts --resume")
    #expect(rate.status == 64)
    #expect(rate.errors.contains("--muon-rate is 0.03 there and 0.01 here"))
    let resumed = try train("\(options) --output parts --resume --threads 2")
    #expect(resumed.status == 0, "\(resumed.errors)")
    #expect(resumed.errors.contains("Resuming from step"))
    #expect(try folder.contents("whole") == folder.contents("parts"))
  }

  @Test func `steps of few tokens are refused with the fix`() throws {
    for preset in ["--preset microgpt", "--steps 10 --batch 8 --embedding 64", "--seconds 1 --batch 8"] {
      let run = try train("\(preset) --optimizer muon --output small")
      #expect(run.status == 64)
      #expect(run.errors.contains("swiftlet: Muon needs steps of at least "))
      #expect(run.errors.contains("Use --batch "))
      #expect(try folder.names == ["names.txt"])
    }
  }
}
