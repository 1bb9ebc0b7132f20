import Foundation
import TestSupport
import Testing

@Suite("The presets reproduce the published results")
struct PresetTests {
  private static let corpora = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "corpora")

  private func result(_ corpus: String, _ options: [String]) throws -> [String: Double] {
    let path = Self.corpora.appending(path: corpus).path
    let run = try ToolRun(["train", path, "--output", "model", "--json"] + options, in: TemporaryFolder())
    try #require(run.status == 0, "\(run.errors)")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    return object.compactMapValues { $0 as? Double }
  }

  @Test func `microgpt on names reaches the published loss`() throws {
    let result = try result("names.txt", ["--preset", "microgpt"])
    #expect(result["parameters"] == 4192)
    #expect(result["vocabulary"] == 27)
    #expect(result["steps"] == 1000)
    // The first loss is near ln 27, that of uniform predictions.
    #expect(try (3.0...3.6).contains(#require(result["firstLoss"])))
    #expect(try (2.2...2.5).contains(#require(result["loss"])))
  }

  @Test func `sentences tokenized by word reach the published loss`() throws {
    let result = try result("sentences.txt", ["--preset", "sentences"])
    #expect(result["parameters"] == 63_296)
    #expect(result["vocabulary"] == 597)
    #expect(result["steps"] == 5000)
    #expect(try (6.2...6.6).contains(#require(result["firstLoss"])))
    #expect(try (2.7...3.4).contains(#require(result["loss"])))
  }

  @Test func `the suggested recipe reaches a held-out loss below 2 on names`() throws {
    let result = try result("names.txt", [])
    #expect(try #require(result["validationLoss"]) < 2.0)
  }
}
