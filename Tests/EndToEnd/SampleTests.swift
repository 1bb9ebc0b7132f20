import Foundation
import TestSupport
import Testing

@Suite("swiftlet sample")
struct SampleTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("names.txt", String(repeating: "anna\nbob\ncarla\ndora\nemil\n", count: 20))
    #expect(try run("train names.txt --preset microgpt --steps 200 --output m --quiet").status == 0)
  }

  private func run(_ arguments: String, input: String = "") throws -> ToolRun {
    try ToolRun(arguments.split(separator: " ").map(String.init), in: folder, input: input)
  }

  private struct Sample: Decodable {
    var text: String
    var tokens: [Int]
    var nats: Double
    var novel: Bool?
    var complete: Bool
  }

  private func samples(_ options: String) throws -> [Sample] {
    let run = try run("sample m --json \(options)")
    try #require(run.status == 0, "\(run.errors)")
    return try JSONDecoder().decode([Sample].self, from: Data(run.output.utf8))
  }

  @Test(
    arguments: [
      (
        "--prompt zz", 65,
        "“z” at byte 0 of “zz” is not in the vocabulary; train on a corpus that contains it, or leave it out"
      ),
      (
        "--prompt annaannaannaanna", 65,
        "the prompt has 16 tokens, and a model with a context of 16 can continue at most 15; shorten the prompt."
      ),
      ("--temperature -1", 64, "--temperature -1: must be 0 or more"),
      ("--temperature nan", 64, "--temperature nan: must be a number, such as 0.5"),
      ("--top-p 2", 64, "--top-p 2: must be more than 0 and at most 1"),
      ("--top-k 0", 64, "--top-k 0: must be 1 or more"),
      ("--min-p 1.5", 64, "--min-p 1.5: must be from 0 to 1"),
      ("--repetition-penalty 0", 64, "--repetition-penalty 0: must be more than 0"),
      ("--count 0", 64, "--count 0: must be 1 or more"),
      ("--count 1e3", 64, "--count 1e3: must be a whole number, such as 42"),
      ("--max-tokens 0", 64, "--max-tokens 0: must be 1 or more"),
      ("--seed -1", 64, "--seed -1: must be a whole number from 0 to 18446744073709551615, or random"),
      (
        "--stream --match a", 64,
        "--stream shows texts before they are complete; leave out --json, --novel, --unique, --match and --max-quote"
      ),
      ("--min-tokens -1", 64, "--min-tokens -1: must be 0 or more"),
      ("--min-tokens 9 --max-tokens 8", 64, "--min-tokens 9 is more than --max-tokens 8"),
      (
        "--min-tokens 20", 65,
        "a text of at least 20 more tokens does not fit the model's context of 16; give --max-tokens too, with which a text "
          + "goes on beyond the context."
      ),
      (
        "--match [", 64,
        "--match [: write a regular expression in ICU's syntax, such as ^jo|son$ (U_REGEX_MISSING_CLOSE_BRACKET)"
      ),
      ("--starts-with an", 64, "unknown option --starts-with; did you mean --prompt?"),
    ] as [(String, Int32, String)])
  func `refusal`(of options: String, exits status: Int32, saying message: String) throws {
    let run = try run("sample m \(options)")
    #expect(run.errors == "swiftlet: \(message)\n")
    #expect(run.status == status)
    #expect(run.output.isEmpty)
  }

  @Test func `an empty prompt equals no prompt`() throws {
    let run = try ToolRun(["sample", "m", "--prompt", ""], in: folder)
    #expect(run.status == 0)
    #expect(try run.output == self.run("sample m").output)
  }

  @Test func `a model of a newer format is refused`() throws {
    let format = Data(#""format_version":"2""#.utf8)
    var file = try folder.contents("m")
    let place = try #require(file.range(of: format))
    file[place.upperBound - 2] = UInt8(ascii: "3")
    try file.write(to: folder.url.appending(path: "newer"))
    for command in ["sample newer", "score newer names.txt", "chat newer", "info newer"] {
      let run = try run(command)
      #expect(run.status == 65)
      #expect(
        run.errors
          == "swiftlet: newer is not a usable Swiftlet model: its format is 3, and this swiftlet reads format 2; a newer swiftlet is needed.\n"
      )
    }
  }

  @Test func `each option has its effect`() throws {
    for sample in try samples("--count 50 --prompt an --max-tokens 3") {
      #expect(sample.text.hasPrefix("an") && sample.tokens.count <= 5)
      #expect(sample.complete || sample.tokens.count == 5)
      #expect(sample.nats > 0)
    }
    #expect(try samples("--count 50 --stop a --temperature 2").allSatisfy { !$0.text.contains("a") })
    #expect(try Set(samples("--count 50 --temperature 0").map(\.text)).count == 1)
    #expect(try Set(samples("--count 50 --top-k 1").map(\.text)).count == 1)
    #expect(try samples("--count 5 --seed 7").map(\.text) != samples("--count 5 --seed 8").map(\.text))
    let known = ["anna", "bob", "carla", "dora", "emil"]
    let new = try samples("--count 40 --temperature 1.5 --novel --unique")
    #expect(new.count == 40 && Set(new.map(\.text)).count == 40)
    #expect(new.allSatisfy { $0.novel == true && !known.contains($0.text) })
    let matching = try samples("--count 40 --match ^.o|a$ --threads 2")
    #expect(matching.count == 40 && matching.allSatisfy { $0.text.hasSuffix("a") || $0.text.dropFirst().first == "o" })
    #expect(try samples("--count 50 --min-tokens 8").allSatisfy { $0.tokens.count >= 8 })
    let long = try samples("--count 20 --prompt an --min-tokens 40 --max-tokens 50")
    #expect(long.allSatisfy { $0.text.hasPrefix("an") && (42...52).contains($0.tokens.count) })
    #expect(try samples("--count 50").allSatisfy { $0.novel == !known.contains($0.text) })
  }

  @Test func `too few acceptable samples are reported with their number`() throws {
    let run = try run("sample m --count 30 --prompt a --max-tokens 1 --unique")
    #expect(run.status == 1)
    #expect(run.errors.firstMatch(of: /found only \d+ of the 30 unique texts requested, in [\d,]+ tries/) != nil)
    let none = try self.run("sample m --count 3 --temperature 0 --novel")
    #expect(none.output.isEmpty && none.status == 1)
    #expect(none.errors.contains("found none of the 3 new texts requested, in "))
    let unmatched = try self.run("sample m --count 3 --match [0-9]")
    #expect(unmatched.output.isEmpty && unmatched.status == 1)
    #expect(unmatched.errors.hasPrefix("swiftlet: found none of the 3 matching texts requested, in 100,000 tries; "))
    #expect(
      try self.run("sample m --count 3 --match a").errors.contains(
        /^swiftlet: found 3 texts that match in \d+ tries.\n$/))
  }

  @Test func `quotes longer than --max-quote are skipped and counted`() throws {
    let run = try run("sample m --count 30 --max-quote 2 --corpus names.txt --json")
    #expect(run.status == 0)
    #expect(run.errors.contains(/swiftlet: skipped [\d,]+ texts with more than 2 tokens in a row from --corpus\.\n/))
    let known = ["anna", "bob", "carla", "dora", "emil"]
    for sample in try samples("--count 30 --max-quote 2 --corpus names.txt") {
      let runs = (0..<max(0, sample.text.count - 2)).map { sample.text.dropFirst($0).prefix(3) }
      #expect(!runs.contains { run in known.contains { $0.contains(run) } }, "\(sample.text)")
    }
    let none = try self.run("sample m --count 3 --temperature 0 --max-quote 1 --corpus names.txt")
    #expect(none.status == 1 && none.errors.contains("found none of the 3 unquoted texts requested, in "))
    #expect(try self.run("sample m --max-quote 5").status == 64)
  }

  @Test func `streamed text equals sampled text`() throws {
    #expect(try run("sample m --count 20 --stream").output == run("sample m --count 20 --threads 2").output)
  }

  @Test(arguments: ["", "--json", "--stream"]) func `a closed pipe ends sampling without an error`(options: String)
    throws
  {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "\"$0\" sample m --count 1000000 \(options) | head -n 1", try ToolRun.tool.path]
    process.currentDirectoryURL = folder.url
    let (output, errors) = (try folder.scratch(), try folder.scratch())
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    #expect(try Data(contentsOf: output).count(where: { $0 == UInt8(ascii: "\n") }) == 1)
    #expect(try Data(contentsOf: errors).isEmpty)
  }
}
