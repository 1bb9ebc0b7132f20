import Foundation
import TestSupport
import Testing

@Suite("swiftlet train")
struct TrainTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("names.txt", String(repeating: "anna\nbob\ncarla\ndora\nemil\n", count: 20))
  }

  func run(_ arguments: String, onTerminal: Bool = false) throws -> ToolRun {
    try ToolRun(arguments.split(separator: " ").map(String.init), in: folder, onTerminal: onTerminal)
  }

  @Test func `the JSON result has every member that scripts rely on`() throws {
    let run = try run("train names.txt --preset microgpt --validation 20 --steps 30 --threads 3 --json")
    #expect(run.status == 0)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(object["model"] as? String == "names.safetensors")
    #expect(object["steps"] as? Int == 30)
    #expect(object["documents"] as? Int == 100)
    #expect(object["vocabulary"] as? Int == 12)
    #expect(object["parameters"] as? Int == 3712)
    #expect(object["threads"] as? Int == 3)
    #expect(object["seed"] as? Int == 42)
    for key in ["seconds", "tokens", "tokensPerSecond", "loss", "validationLoss", "bitsPerByte"] {
      #expect(object[key] is NSNumber, "\(key)")
    }
  }

  @Test func `without held-out documents there is no held-out loss`() throws {
    let run = try run("train names.txt --preset microgpt --steps 3 --json")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(object["validationLoss"] is NSNull)
  }

  @Test func `a corpus too small to hold anything out is reported`() throws {
    try folder.write("one.txt", "a single document\n")
    let run = try run("train one.txt --steps 3")
    #expect(run.status == 0)
    #expect(run.errors.contains("Nothing is held out"))
  }

  @Test func `the same seed writes the same file on any number of threads, another seed does not`() throws {
    for (output, options) in [("a", ""), ("b", ""), ("c", "--threads 2"), ("d", "--seed 7")] {
      #expect(try run("train names.txt --steps 50 --batch 4 --quiet --output \(output) \(options)").status == 0)
    }
    #expect(try folder.contents("a") == folder.contents("b"))
    #expect(try folder.contents("a") == folder.contents("c"))
    #expect(try folder.contents("a") != folder.contents("d"))
  }

  @Test func `both engines train the same model`() throws {
    func loss(_ engine: String) throws -> Double {
      let run = try run("train names.txt --preset microgpt --steps 40 --json --output \(engine) --engine \(engine)")
      let object = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
      return try #require(object["loss"] as? Double)
    }
    let (fast, scalar) = (try loss("fast"), try loss("scalar"))
    #expect(abs(fast - scalar) < 1e-3 * scalar)
  }

  @Test func `a model of names generates names`() throws {
    #expect(try run("train names.txt --steps 400 --quiet").status == 0)
    let run = try run("sample names.safetensors --count 20 --temperature 0.1")
    #expect(run.status == 0)
    let names = run.output.split(separator: "\n").map(String.init)
    #expect(names.count == 20)
    let known = Set(["anna", "bob", "carla", "dora", "emil"])
    #expect(names.count { known.contains($0) } >= 15, "\(names)")
    #expect(try self.run("sample names.safetensors --count 20 --temperature 0.1").output == run.output)
  }

  @Test func `a run of no steps writes the initial model, which can be sampled`() throws {
    #expect(try run("train names.txt --steps 0 --quiet").status == 0)
    #expect(
      try run("sample names.safetensors --count 3").output.split(separator: "\n", omittingEmptySubsequences: false)
        .count == 4)
  }

  @Test func `info describes the file`() throws {
    #expect(try run("train names.txt --preset microgpt --steps 5 --quiet").status == 0)
    let run = try run("info names.safetensors --json")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(object["parameters"] as? Int == 3712)
    let training = try #require(object["training"] as? [String: Any])
    #expect(training["files"] as? [String] == ["names.txt"])
  }

  @Test func `a quiet run prints nothing`() throws {
    let run = try run("train names.txt --steps 5 --quiet")
    #expect(run.output.isEmpty)
    #expect(run.errors.isEmpty)
  }

  @Test func `on a terminal one line is redrawn within 80 columns and cleared at the end`() throws {
    let run = try run("train names.txt --preset microgpt --steps 100000 --samples 0", onTerminal: true)
    #expect(run.status == 0)
    let frames = run.errors.components(separatedBy: "\r").filter { $0.contains("step ") }
    #expect(frames.count >= 2)
    for frame in frames { #expect(frame.replacing("\u{1B}[K", with: "").count < 80) }
    let end = try #require(run.errors.components(separatedBy: "step ").last)
    #expect(end.contains("\r\u{1B}[K"))
    #expect(!run.output.contains("\u{1B}"))
  }

  @Test func `samples are shown during training and at the end`() throws {
    let endless = "train names.txt --steps 1000000000 --samples 2"
    let session = try TerminalSession(endless.split(separator: " ").map(String.init), in: folder)
    try session.type("", until: " · ")
    try session.type("", until: "\n")
    session.send(SIGINT)
    #expect(try session.end() == 130)
    let screen = session.shown.replacing("\r\n", with: "\n").replacing("\u{1B}[K", with: "")
    let lines = screen.split(whereSeparator: { $0 == "\n" || $0 == "\r" })
    #expect(lines.contains { $0.wholeMatch(of: /step [\d,]+  \S.* · \S.*/) != nil }, "\(lines)")
    #expect(lines.allSatisfy { !$0.hasPrefix("step ") || $0.count < 80 })
    let run = try run("train names.txt --steps 300 --samples 2")
    #expect(run.output.firstMatch(of: /\nwrites     \S+ · \S+\n/) != nil)
    #expect(try self.run("train names.txt --steps 300 --samples 0").output.contains("writes") == false)
  }

  @Test func `without a terminal nothing is redrawn`() throws {
    let run = try run("train names.txt --steps 2000")
    #expect(!run.errors.contains("\r") && !run.errors.contains("\u{1B}"))
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func `an interrupted run saves its model`(signal: Int32, status: Int32) throws {
    let run = try ToolRun(
      ["train", "names.txt", "--steps", "1000000000"], in: folder, signal: .init(signal, awaiting: "parameters"))
    #expect(run.status == status)
    #expect(run.errors.contains("swiftlet: interrupted after step "))
    #expect(try self.run("sample names.safetensors").status == 0)
  }

  @Test func `a diverged run is reported and leaves the old model unchanged`() throws {
    try folder.write("names.safetensors", "the old one")
    let run = try run("train names.txt --learning-rate 1e30")
    #expect(run.status == 65)
    #expect(run.errors.contains("--clip"))
    #expect(try folder.contents("names.safetensors") == Data("the old one".utf8))
  }
}
