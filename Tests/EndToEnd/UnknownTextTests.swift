import Foundation
import TestSupport
import Testing

@Suite("Text that a model has no tokens for")
struct UnknownTextTests {
  let folder: TemporaryFolder

  /// Sentences in which half of the words occur once.
  init() throws {
    folder = try TemporaryFolder()
    let lines = (0..<300).map { "the cat sees \(Self.word($0)) and the dog sees \(Self.word($0 + 300))\n" }
    try folder.write("rare.txt", lines.joined())
    try folder.write("names.txt", String(repeating: "anna\nbob\ncarla\ndora\nemil\n", count: 20))
  }

  private static func word(_ number: Int) -> String {
    "w"
      + String(number, radix: 8).map { String(Array("aeioustr")[$0.wholeNumberValue ?? 0]) }
      .joined()
  }

  private func run(_ arguments: String, input: String = "") throws -> ToolRun {
    try ToolRun(arguments.split(separator: " ").map(String.init), in: folder, input: input)
  }

  private func json(_ run: ToolRun) throws -> [String: Any] {
    try #require(run.status == 0, "\(run.errors)")
    return try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }

  /// Otherwise the model that knows least looks best.
  @Test func `bits per byte pay for spelling unknown words`() throws {
    let known = try json(run("train rare.txt --tokenizer word --steps 60 --json --quiet --output known"))
    let unknown = try json(
      run("train rare.txt --tokenizer word --max-vocabulary 10 --steps 60 --json --quiet --output unknown"))
    let (share, bits) = (try #require(unknown["unknownShare"] as? Double), unknown["bitsPerByte"] as! Double)
    #expect(share > 0.1 && known["unknownShare"] as? Double == 0)
    // Every rare word costs eight bits for each letter and for its end, about a third of the text.
    #expect(bits > 2)
    let text = try run("train rare.txt --tokenizer word --max-vocabulary 10 --steps 60 --output unknown --quiet --json")
    #expect(text.output.contains("unknownShare"))
    #expect(try run("info unknown").output.contains("unknown_share"))
    let summary = try run("train rare.txt --tokenizer word --max-vocabulary 10 --steps 60 --output unknown")
    #expect(summary.output.contains(/bits per byte, \d+\.\d% of tokens unknown, after step/), "\(summary.output)")
  }

  /// The cost is computed here from the text alone.
  @Test func `an independent computation gives the same bits per byte`() throws {
    _ = try json(run("train rare.txt --tokenizer word --max-vocabulary 10 --steps 30 --json --quiet --output m"))
    let scored = try run("score m --json", input: "the cat sees Zürich\n")
    let texts = try #require(JSONSerialization.jsonObject(with: Data(scored.output.utf8)) as? [[String: Any]])
    let text = try #require(texts.first)
    #expect(text["unknown"] as? [String] == ["Zürich"])
    let bits = try #require(text["total"] as? Double) / 0.6931471805599453 + 8 * Double("Zürich".utf8.count + 1)
    let stated = try #require(text["bitsPerByte"] as? Double)
    #expect(abs(stated - bits / Double("the cat sees Zürich".utf8.count)) < 1e-9)
    let summary = try json(run("score m --summary --json", input: "the cat sees Zürich\n"))
    #expect(summary["bitsPerByte"] as? Double == stated && summary["unknownTokens"] as? Int == 1)
    #expect(
      try run("score m --summary", input: "the cat sees Zürich\n").output.contains("of tokens unknown, in 1 text"))
  }

  @Test func `what training reports is what score computes`() throws {
    let trained = try json(
      run(
        "train rare.txt --tokenizer word --max-vocabulary 10 --steps 30 --json --quiet --output m --validation held.txt"
          .replacing("held.txt", with: "names.txt")))
    let scored = try json(run("score m names.txt --summary --json"))
    #expect(abs((trained["bitsPerByte"] as! Double) - (scored["bitsPerByte"] as! Double)) < 1e-4)
    #expect(trained["unknownShare"] as? Double == scored["unknownShare"] as? Double)
  }

  @Test func `a sweep over vocabularies does not prefer the model that knows nothing`() throws {
    let sweep = try run(
      "sweep rare.txt --vary max-vocabulary=10,1000 --quiet --jobs 1 -- --tokenizer word --steps 60 --layers 1")
    #expect(sweep.status == 0, "\(sweep.errors)")
    #expect(sweep.output.hasPrefix("bits per byte  held out  unknown  parameters  seconds  max-vocabulary\n"))
    #expect(sweep.output.contains("best  rare-sweep/max-vocabulary-1000.safetensors"), "\(sweep.output)")
  }

  @Test func `without held-out documents different tokenizers are not ranked`() throws {
    let sweep = try run(
      "sweep rare.txt --vary tokenizer=character,word --quiet --jobs 1 -- --steps 5 --layers 1 --validation 0")
    #expect(sweep.status == 0 && !sweep.output.contains("best"))
    #expect(sweep.errors.contains("nothing is held out, and losses per token are not comparable"))
  }

  // MARK: Lines

  private func trainNames() throws {
    #expect(try run("train names.txt --preset microgpt --steps 100 --output m --quiet").status == 0)
  }

  @Test func `a line with unknown characters is marked and the others are scored`() throws {
    try trainNames()
    try folder.write("odd.txt", "anna\n\nJoé\nbob\n")
    let scored = try run("score m odd.txt")
    let lines = scored.output.split(separator: "\n").map(String.init)
    #expect(scored.status == 0 && lines.count == 3)
    #expect(lines.dropFirst().first == "unknown\t“J” “é”\tJoé")
    #expect(
      scored.errors == "swiftlet: 1 text has no score, because the model does not know all of the text; "
        + "the first is odd.txt, line 3: “J” “é”.\n")
    #expect(try run("score m odd.txt --sort surprise --top 1").output == "unknown\t“J” “é”\tJoé\n")
    #expect(try run("score m odd.txt --summary").output.contains("1 text without a score, because of unknown text"))
  }

  @Test func `the marks are in JSON`() throws {
    try trainNames()
    let scored = try run("score m --json", input: "anna\nJ\n")
    let texts = try #require(JSONSerialization.jsonObject(with: Data(scored.output.utf8)) as? [[String: Any]])
    #expect(texts[0]["line"] as? Int == 1 && texts[0]["unknown"] as? [String] == [])
    #expect(texts[1]["line"] as? Int == 2 && texts[1]["unknown"] as? [String] == ["J"])
    #expect(texts[1]["bitsPerByte"] is NSNull && texts[1]["total"] is NSNull)
    let summary = try json(run("score m --json --summary", input: "anna\nJ\n"))
    #expect(summary["texts"] as? Int == 1 && summary["unscored"] as? Int == 1 && summary["unknownTexts"] as? Int == 1)
  }

  @Test(arguments: [("odd.txt", "anna\n\nbob\nJ\n", "line 4"), ("odd.json", "[\"anna\", \" \", \"J\"]", "element 3")])
  func `with --unknown error the message has the place in the file`(file: String, text: String, place: String) throws {
    try trainNames()
    try folder.write(file, text)
    let scored = try run("score m \(file) --unknown error")
    #expect(scored.status == 65)
    #expect(scored.errors.hasPrefix("swiftlet: \(file), \(place): “J” at byte 0 of “J” is not in the vocabulary; "))
    let trained = try run("train names.txt --steps 2 --output n --quiet --validation \(file)")
    #expect(trained.errors.hasPrefix("swiftlet: \(file), \(place): “J” at byte 0"))
  }
}
