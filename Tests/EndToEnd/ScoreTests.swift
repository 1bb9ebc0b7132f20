import Foundation
import TestSupport
import Testing

@Suite("swiftlet score")
struct ScoreTests {
  private static let root = URL(filePath: #filePath).appending(path: "../../..").standardized

  let folder: TemporaryFolder
  private let names: [String]

  /// Trains a model on all names but every tenth, and one on some sentences.
  init() throws {
    folder = try TemporaryFolder()
    let names = try String(contentsOf: Self.root.appending(path: "corpora/names.txt"), encoding: .utf8)
      .split(separator: "\n").map(String.init)
    let sentences = try String(contentsOf: Self.root.appending(path: "corpora/sentences.txt"), encoding: .utf8)
      .split(separator: "\n").map(String.init)
    try folder.write("names.txt", names.enumerated().filter { $0.offset % 10 != 0 }.map { $0.element + "\n" }.joined())
    self.names = names.enumerated().filter { $0.offset % 10 == 0 && $0.element.count > 4 }.map(\.element)
    try folder.write("sentences.txt", sentences.prefix(2000).map { $0 + "\n" }.joined())
    for options in [
      "names.txt --steps 500 --preset microgpt --context 8",
      "names.txt --steps 100 --output names-suggested.safetensors",
      "sentences.txt --steps 100 --preset sentences",
      "sentences.txt --steps 100 --tokenizer word --cutoffs 20,80,200 --output sentences-adaptive.safetensors",
    ] {
      let run = try ToolRun(["train"] + options.split(separator: " ").map(String.init) + ["--quiet"], in: folder)
      try #require(run.status == 0, "\(run.errors)")
    }
  }

  private static let models = ["names", "names-suggested", "sentences", "sentences-adaptive"]

  private struct Scored: Decodable {
    var text: String?
    var tokens: [Int]
    var nats: [Double]
    var total: Double?
  }

  private func score(_ model: String, _ texts: [String]) throws -> [Scored] {
    let run = try ToolRun(
      ["score", "\(model).safetensors", "--per-token", "--json"], in: folder,
      input: texts.map { $0 + "\n" }.joined())
    try #require(run.status == 0, "\(run.errors)")
    return try JSONDecoder().decode([Scored].self, from: Data(run.output.utf8))
  }

  private func summary(_ texts: [String]) throws -> Double {
    let run = try ToolRun(
      ["score", "names.safetensors", "--summary", "--json"], in: folder, input: texts.map { $0 + "\n" }.joined())
    struct Summary: Decodable { var bitsPerByte: Double }
    return try JSONDecoder().decode(Summary.self, from: Data(run.output.utf8)).bitsPerByte
  }

  /// Other programs that compute with a model file must get the same numbers.
  @Test(.enabled(if: hasNumPy, "python3 has no numpy here"), arguments: models)
  func `an independent program computes the same scores from the file`(model: String) throws {
    let texts =
      try !model.hasPrefix("sentences")
      ? Array(names.prefix(100)) + ["anna", "a", String(repeating: "maximiliana", count: 7)]
      : String(decoding: folder.contents("sentences.txt"), as: UTF8.self).split(separator: "\n").suffix(50).map(
        String.init)
    let ours = try score(model, texts)
    let theirs = try python(
      [Self.root.appending(path: "Tests/Golden/score.py").path, folder.path("\(model).safetensors")], input: texts)
    #expect(ours.count == texts.count && theirs.count == texts.count)
    var worst = 0.0
    for (ours, theirs) in zip(ours, theirs) {
      #expect(ours.tokens == theirs.tokens)
      #expect(ours.nats.count == theirs.nats.count)
      for (ours, theirs) in zip(ours.nats, theirs.nats) { worst = max(worst, abs(ours - theirs)) }
    }
    #expect(worst < 1e-4)
    print("\(model): the worst difference from Tests/Golden/score.py is \(worst) nats")
  }

  private func python(_ arguments: [String], input: [String]) throws -> [Scored] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    process.standardInput = try FileHandle(forReadingFrom: folder.scratch(input.map { $0 + "\n" }.joined()))
    let output = try folder.scratch()
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return try String(contentsOf: output, encoding: .utf8).split(separator: "\n").map {
      try JSONDecoder().decode(Scored.self, from: Data($0.utf8))
    }
  }

  @Test func `the scores of the tokens add up to the score of the text`() throws {
    for scored in try score("names", names) {
      let (total, sum) = (try #require(scored.total), scored.nats.reduce(0, +))
      #expect(abs(total - sum) < 1e-5 * max(1, total))
      #expect(scored.nats.count == (try #require(scored.text)).count + 1)
    }
  }

  @Test func `unseen names are more probable than their letters in another order`() throws {
    let shuffled = names.map { String($0.sorted { ($0.asciiValue ?? 0) &* 77 < ($1.asciiValue ?? 0) &* 77 }) }
    #expect(try summary(names) + 0.5 < summary(shuffled))
    let pairs = zip(try score("names", names), try score("names", shuffled))
    let rightly = try pairs.count { try #require($0.total) < (try #require($1.total)) }
    #expect(Double(rightly) > 0.8 * Double(names.count), "\(rightly) of \(names.count)")
  }

  @Test func `the least probable line of a file is found`() throws {
    var texts = Array(names.prefix(200))
    texts.insert("xqzjvwkq", at: 77)
    let run = try ToolRun(
      ["score", "names.safetensors", "-", "--sort", "surprise", "--top", "3"], in: folder,
      input: texts.joined(separator: "\n"))
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.first?.hasSuffix("\txqzjvwkq") == true)
    let nats = lines.compactMap { $0.split(separator: "\t").first.flatMap { Double($0) } }
    #expect(nats.count == 3 && nats == nats.sorted(by: >))
  }

  private static let hasNumPy: Bool = {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", "import numpy"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()
}
