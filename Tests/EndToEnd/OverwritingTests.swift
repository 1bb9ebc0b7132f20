import Foundation
import TestSupport
import Testing

@Suite("No file of another origin is overwritten, and no better model is lost")
struct OverwritingTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let names = (0..<200).map { "name\(String($0, radix: 5))" }.joined(separator: "\n") + "\n"
    try folder.write("names.txt", names)
    try folder.write("poem.txt", "a poem\nof my own\n")
  }

  private func run(_ arguments: String) throws -> ToolRun {
    try ToolRun(arguments.split(separator: " ").map(String.init), in: folder)
  }

  @Test(arguments: [
    ("train names.txt --steps 1 --output poem.txt", "--output"),
    ("train names.txt --steps 1 --report poem.txt", "--report"),
    ("train names.txt --steps 1 --metrics poem.txt", "--metrics"),
    ("train names.txt --steps 1 --checkpoint poem.txt", "--checkpoint"),
    ("export model --format html --output poem.txt", "--output"),
    ("export portable --format gguf --output poem.txt", "--output"),
    ("import folder --output poem.txt", "--output"),
  ])
  func `a text of the user's is kept unless --force is given`(command: String, option: String) throws {
    #expect(try run("train names.txt --steps 1 --output model --quiet").status == 0)
    #expect(try run("train names.txt --portable --steps 1 --output portable --quiet").status == 0)
    #expect(try run("export model --format pytorch --output folder").status == 0)
    let before = try folder.contents("poem.txt")
    let refused = try run(command)
    #expect(refused.status == 73)
    #expect(refused.errors.contains("poem.txt exists, and is not "))
    #expect(refused.errors.hasSuffix("Choose another file with \(option), or replace it with --force.\n"))
    #expect(try folder.contents("poem.txt") == before)

    #expect(try run("\(command) --force").status == 0)
    #expect(try option == "--checkpoint" || folder.contents("poem.txt") != before)
    // Now the file is the tool's own, unless the run was too short for a checkpoint.
    #expect(try run(command).status == (option == "--checkpoint" ? 73 : 0))
  }

  @Test func `one kind of output does not replace another`() throws {
    #expect(try run("train names.txt --steps 3 --output m --report r.html --metrics m.jsonl").status == 0)
    #expect(try run("export m --format html --output p.html").status == 0)
    for (option, file) in [
      ("--output", "r.html"), ("--output", "m.jsonl"), ("--report", "p.html"), ("--report", "m"),
      ("--metrics", "r.html"),
      ("--checkpoint", "r.html"),
    ] {
      #expect(try run("train names.txt --steps 3 \(option) \(file)").status == 73, "\(option) \(file)")
    }
    #expect(try run("export m --format html --output r.html").status == 73)
    #expect(try run("train names.txt --steps 3 --output m --report r.html --metrics m.jsonl").status == 0)
  }

  @Test func `an exported folder does not replace another's files`() throws {
    #expect(try run("train names.txt --steps 1 --output model --quiet").status == 0)
    try folder.makeFolder("mine")
    try folder.write("mine/config.json", "{\"model_type\": \"llama\"}")
    for format in ["pytorch", "transformers"] {
      let refused = try run("export model --format \(format) --output mine")
      #expect(refused.status == 73)
      #expect(refused.errors.contains("mine has files that swiftlet did not write"))
    }
    #expect(try folder.contents("mine/config.json") == Data("{\"model_type\": \"llama\"}".utf8))
  }

  @Test func `a sweep does not replace a summary that no sweep wrote`() throws {
    try folder.makeFolder("sweep")
    try folder.write("sweep/summary.txt", "mine")
    let run = try run("sweep names.txt --output sweep --vary layers=1 -- --steps 1")
    #expect(run.status == 73)
    #expect(try folder.contents("sweep/summary.txt") == Data("mine".utf8))
  }

  @Test func `corpora whose names differ in the suffix alone have models of different names`() throws {
    try folder.write("people.txt", "anna\nbob\ncarla\n")
    try folder.write("people.jsonl", "\"anna\"\n\"bob\"\n")
    #expect(try run("train people.txt --steps 1 --quiet").status == 0)
    let first = try folder.contents("people.safetensors")
    let second = try run("train people.jsonl --steps 1")
    #expect(
      second.errors.contains(
        "people.safetensors is the model of people.txt; this one is written to people-2.safetensors."))
    #expect(try folder.contents("people.safetensors") == first)
    // Each finds its own file again.
    #expect(try run("train people.jsonl --steps 2 --quiet").status == 0)
    #expect(try folder.contents("people.safetensors") == first)
    #expect(try folder.names.contains("people-3.safetensors") == false)
  }

  @Test func `a run does not overwrite the model that it starts from`() throws {
    #expect(try run("train names.txt --steps 1 --quiet").status == 0)
    let model = try folder.contents("names.safetensors")
    let tuned = try run("train names.txt --from names.safetensors --steps 1")
    #expect(tuned.status == 0)
    #expect(
      tuned.errors.contains("names.safetensors is the model of --from; this one is written to names-2.safetensors."))
    #expect(try folder.contents("names.safetensors") == model)
    #expect(try run("train names.txt --from names.safetensors --steps 1 --output names.safetensors").status == 64)
  }

  @Test func `a better model is kept until the new one is better`() throws {
    let options = "train names.txt --validation 40 --evaluate-every 5"
    #expect(try run("\(options) --steps 60 --quiet").status == 0)
    let good = try folder.contents("names.safetensors")
    let trial = try run("\(options) --steps 1")
    #expect(
      trial.errors.contains(/Replaces the model of \d+ [A-Z][a-z]+ 20\d\d in names.safetensors, held out \d\.\d+;/))
    #expect(trial.errors.contains("The model before is better, and is kept as names.safetensors.previous: held out "))
    #expect(try folder.contents("names.safetensors.previous") == good)
    // A second trial, which is better than the first alone, does not push it out.
    #expect(try run("\(options) --steps 2 --quiet").status == 0)
    #expect(try folder.contents("names.safetensors.previous") == good)
    let better = try run("\(options) --steps 400")
    #expect(!better.errors.contains("is kept as names.safetensors.previous: "))
    #expect(try !folder.names.contains("names.safetensors.previous"))
  }

  @Test func `the same command again leaves the same model alone`() throws {
    for _ in 0..<2 { #expect(try run("train names.txt --preset microgpt --steps 5 --quiet").status == 0) }
    #expect(try folder.names == ["names.safetensors", "names.txt", "poem.txt"])
  }

  @Test func `the model goes to standard output`() throws {
    let script = "\"$0\" train names.txt --steps 2 --output - >piped && \"$0\" train names.txt --steps 2 --output filed"
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.currentDirectoryURL = folder.url
    process.arguments = ["-c", script, try ToolRun.tool.path]
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(try folder.contents("piped") == folder.contents("filed"))
    #expect(try run("train names.txt --steps 1 --output - --json").status == 64)
    #expect(try folder.names.filter { $0.hasPrefix("-") } == [])
  }

  @Test func `suggestions name files that no command takes for options`() throws {
    try folder.write("-dash.txt", "anna\nbob\n")
    let run = try run("train ./-dash.txt --steps 1")
    #expect(run.output.contains(" sample ./-dash.safetensors\n"))
  }
}
