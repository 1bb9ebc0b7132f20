import Foundation
import TestSupport
import Testing

/// Otherwise a user would take half a text for the model's whole reply, and a script would take it for a success.
struct MidTextFailureTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("names.txt", String(repeating: "anna\nbob\n", count: 20))
    let training = "train names.txt --preset microgpt --steps 0 --output sound --quiet"
    #expect(try ToolRun(training.split(separator: " ").map(String.init), in: folder).status == 0)
    try writeModelThatFails(atPosition: 3)
  }

  @Test(arguments: [
    (["sample", "broken", "--temperature", "0"], "", ""),
    (["sample", "broken", "--temperature", "0", "--stream"], "", "aaa\n"),
    (["chat", "broken", "--temperature", "0"], "b\nb\n", "baa\n"),
  ])
  func `every command reports a failure in the middle of a text`(
    arguments: [String], input: String, output: String
  ) throws {
    let run = try ToolRun(arguments, in: folder, input: input)
    #expect(
      run.errors == """
        swiftlet: the model's logits are not finite: its weights are too large to calculate with. \
        Train it again at a lower learning rate, or with --clip 1.

        """)
    #expect(run.status == 65)
    #expect(run.output == output)
  }

  /// Writes `broken`, a model that predicts every token with the same probability until the sum of two finite
  /// embeddings, a token's and a position's, is infinite.
  private func writeModelThatFails(atPosition position: Int) throws {
    var model = try folder.contents("sound")
    let header = 8..<8 + model.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let entries = try JSONSerialization.jsonObject(with: model[header]) as? [String: Any] ?? [:]

    func setFirstColumn(of name: String, rows: Range<Int>?) throws {
      let entry = try #require(entries[name] as? [String: Any])
      let shape = try #require(entry["shape"] as? [Int])
      let start = try #require(entry["data_offsets"] as? [Int])[0]
      let largest = withUnsafeBytes(of: Float.greatestFiniteMagnitude.bitPattern.littleEndian, Array.init)
      for row in rows ?? 0..<shape[0] {
        let place = header.upperBound + start + 4 * row * shape[1]
        model.replaceSubrange(place..<place + 4, with: largest)
      }
    }
    try setFirstColumn(of: "wte", rows: nil)
    try setFirstColumn(of: "wpe", rows: position..<position + 1)
    try model.write(to: folder.url.appending(path: "broken"))
  }
}
