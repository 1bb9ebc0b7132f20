import Foundation
import TestSupport
import Testing

/// People send each other model files. These tests run the tool on hostile ones; `HostileModelTests` tests the reader
/// in detail.
@Suite("Every command refuses a hostile model file at once and in little memory")
struct HostileFileTests {
  let folder: TemporaryFolder
  private let header: String
  private let data: [UInt8]

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("names.txt", String(repeating: "anna\nbob\ncarla\n", count: 20))
    #expect(try ToolRun(Self.training + ["--output", "good"], in: folder).status == 0)
    let model = Array(try folder.contents("good"))
    let length = model.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    header = String(decoding: model[8..<8 + length], as: UTF8.self)
    data = Array(model[(8 + length)...])
  }

  private static let training = ["train", "names.txt", "--quiet", "--preset", "microgpt", "--steps", "2"]

  /// Each attack's change of a valid header, and a part of the error.
  private static let attacks: [(name: String, change: @Sendable (String) -> String, problem: String)] = [
    ("cut off", { $0 + String(repeating: " ", count: 1 << 20) }, "was cut off"),
    (
      "overlapping", { $0.replacing(/("wpe".*?data_offsets":\[)\d+,\d+/) { "\($0.1)0,1024" } },
      "of the data; what lies before ends at"
    ),
    (
      "a hole", { $0.replacing(/("wpe".*?data_offsets":\[)\d+,\d+/) { "\($0.1)8000,9024" } },
      "of the data; what lies before ends at"
    ),
    ("oversized", { $0.replacing("[16,16]", with: "[4294967296,4294967296]") }, "does not make"),
    ("a wrong type", { $0.replacing("F32", with: "I32") }, "holds I32, not F32"),
    ("an unknown type", { $0.replacing("F32", with: "F31") }, "its type \"F31\" is not known"),
    ("a tensor twice", { $0.replacing("\"wpe\"", with: "\"wte\"") }, "the key \"wte\" occurs twice"),
    ("huge sizes", { $0.replacing("\\\"layers\\\":1,", with: "\\\"layers\\\":99999999999,") }, "layers is 99999999999"),
    (
      "huge counts", { $0.replacing("vocabulary\\\":8}", with: "vocabulary\\\":16777216}") },
      "its configuration demands [16777216, 16]"
    ),
    (
      "a token twice", { $0.replacing("[\\\"a\\\",\\\"b\\\"", with: "[\\\"a\\\",\\\"a\\\"") },
      "token 1, \"a\", occurs twice"
    ),
    ("half a character", { $0.replacing("[\\\"a\\\",", with: "[\\\"\\\\ud800\\\",") }, "unpaired surrogate"),
    (
      "depth", { $0.replacing("\"training\":\"{", with: "\"training\":\"" + String(repeating: "[", count: 500_000)) },
      "arrays and objects are nested more than 128 deep"
    ),
    (
      "no tokenizer of ours", { $0.replacing("\\\"character\\\"", with: "\\\"\\\\u001b[2Jx\\\"") },
      "no tokenizer called “\\u{1B}[2Jx”"
    ),
    (
      "an unknown setting", { $0.replacing("\\\"unit\\\"", with: "\\\"unix\\\"") },
      "there is no tokenizer setting “unix”"
    ),
  ]

  @Test func `every command refuses every attack`() throws {
    var runs = 0
    for (name, change, problem) in Self.attacks {
      let changed = change(header)
      #expect(changed != header, "\(name)")
      var bytes = (0..<8).map { UInt8(truncatingIfNeeded: changed.utf8.count >> (8 * $0)) } + Array(changed.utf8) + data
      if name == "cut off" { bytes.removeLast(data.count + 1) }
      try folder.write("bad", bytes)
      let before = try folder.names
      // `info` and `--resume` build no tokenizer.
      let commands =
        problem.contains("no tokenizer")
        ? Self.commands.filter { $0[0] != "info" && !$0.contains("--resume") } : Self.commands
      for command in commands {
        let run = try ToolRun(command, in: folder, megabytes: 100)
        #expect(run.status == 65, "\(name), \(command): \(run.errors)")
        #expect(run.errors.hasPrefix("swiftlet: ") && run.errors.contains(problem), "\(name): \(run.errors)")
        #expect(run.errors.count { $0 == "\n" } == 1, "\(run.errors)")
        #expect(!run.errors.contains("\u{1B}"))
        #expect(try folder.names == before, "\(name), \(command)")
        runs += 1
      }
    }
    print("\(runs) runs on hostile files")
  }

  /// Every command that reads a model.
  private static let commands = [
    ["info", "bad"], ["sample", "bad"], ["score", "bad", "names.txt"], ["chat", "bad"],
    ["tokenize", "--model", "bad", "a"],
    ["export", "bad", "--format", "html", "--output", "page"],
    ["train", "names.txt", "--quiet", "--from", "bad", "--output", "new"],
    training + ["--resume", "--checkpoint", "bad", "--output", "new"],
  ]

  /// The author of a word model controls its pattern, which could take exponential time.
  @Test func `a protected pattern that takes too long is stopped`() throws {
    try folder.write("words.txt", "aaaa b\n")
    let options = "--tokenizer word --keep (a+)+c --steps 1 --output words --quiet"
    #expect(
      try ToolRun(["train", "words.txt"] + options.split(separator: " ").map(String.init), in: folder).status == 0)
    let run = try ToolRun(
      ["sample", "words", "--prompt", String(repeating: "a", count: 5000)], in: folder, megabytes: 100)
    #expect(run.status == 65)
    #expect(run.errors.contains("use a simpler one if it takes too long"))
  }

  /// Finite weights can have results that are not finite.
  @Test func `weights too large to compute with are reported`() throws {
    let count = data.count / 4
    let huge = (0..<count).flatMap { _ in withUnsafeBytes(of: Float.greatestFiniteMagnitude, Array.init) }
    let hashes = 24
    let length = (0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> (8 * $0)) }
    try folder.write("huge", length + Array(header.utf8) + data[..<hashes] + huge[hashes...])
    for command in [
      ["sample", "huge"], ["sample", "huge", "--temperature", "0"], ["sample", "huge", "--top-k", "2"],
    ] {
      let run = try ToolRun(command, in: folder)
      #expect(run.status == 65)
      #expect(run.errors.contains("its weights are too large to calculate with. Train it again"), "\(run.errors)")
      #expect(run.output.isEmpty && run.errors.count { $0 == "\n" } == 1)
    }
    for option in ["--json", "--summary", "--per-token", "--sort=surprise"] {
      let run = try ToolRun(["score", "huge", "names.txt", option], in: folder)
      #expect(run.status == 65)
      #expect(run.errors.hasPrefix("swiftlet: document 1, “anna”, has no score: the model's weights are too large"))
      #expect(run.output.isEmpty && run.errors.count { $0 == "\n" } == 1, "\(run.errors)")
    }
  }
}
