import Files
import Foundation
import TestSupport
import Testing

@Suite("A machine failure loses no model")
struct BrokenMachineTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("names.txt", String(repeating: "anna\nbob\ncarla\ndora\nemil\n", count: 20))
  }

  private static let training = ["train", "names.txt", "--preset", "microgpt", "--steps", "5", "--quiet"]

  /// Otherwise every command would print the help, as if it had no arguments.
  @Test(.enabled(if: Self.withoutProcesses("true").status == 0, "unmounting needs the rights of root"))
  func `without the process file system, a sentence says what is missing`() throws {
    let run = Self.withoutProcesses("'\(try ToolRun.tool.path)' --version")
    #expect(run.status == 74)
    #expect(
      run.errors
        == "swiftlet: the arguments cannot be read, because /proc is not mounted; mount it with “mount -t proc proc /proc”.\n"
    )
  }

  /// Runs a command where the process file system is not mounted.
  private static func withoutProcesses(_ command: String) -> (status: Int32, errors: String) {
    let process = Process()
    let errors = Pipe()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "unshare --mount /bin/sh -c \"umount --lazy /proc && \(command)\""]
    (process.standardOutput, process.standardError) = (FileHandle.nullDevice, errors)
    guard (try? process.run()) != nil else { return (1, "") }
    let text = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }

  @Test func `the second of two runs that write one file stops at once and names the first`() throws {
    let lock = try FileLock(writing: folder.path("names.safetensors"))
    let run = try ToolRun(Self.training, in: folder)
    #expect(run.status == 73)
    #expect(run.errors == "swiftlet: names.safetensors is being written by process \(getpid()).\n")
    _ = lock
  }

  @Test func `a full disk leaves the old model and no partial file`() throws {
    #expect(try ToolRun(Self.training, in: folder).status == 0)
    let model = try folder.contents("names.safetensors")
    let run = try ToolRun(Self.training, in: folder, fileBlocks: 16)
    #expect(run.status == 74)
    #expect(
      run.errors
        == "swiftlet: names.safetensors cannot be written: File too large. The previous file, if any, is unchanged.\n")
    #expect(try folder.contents("names.safetensors") == model)
    #expect(try folder.names == ["names.safetensors", "names.txt"])
  }

  /// The old model and the last checkpoint that fitted must stay usable.
  @Test(arguments: ["--checkpoint-every 50", "--metrics metrics.jsonl"])
  func `a disk that fills up during training ends the run and damages no file`(option: String) throws {
    #expect(try ToolRun(Self.training, in: folder).status == 0)
    let model = try folder.contents("names.safetensors")
    let options = option.split(separator: " ").map(String.init)
    let run = try ToolRun(
      ["train", "names.txt", "--preset", "microgpt", "--quiet"] + options, in: folder, fileBlocks: 58)
    let file = option.hasPrefix("--metrics") ? "metrics.jsonl" : "names.checkpoint"
    #expect(run.status == 74)
    #expect(run.errors.hasPrefix("swiftlet: \(file) cannot be written: File too large."), "\(run.errors)")
    #expect(try folder.contents("names.safetensors") == model)
    #expect(try folder.names.filter { $0.hasPrefix(".") } == [])
  }

  @Test func `an output folder deleted during training is named in the error`() throws {
    try folder.makeFolder("models")
    // Signal 0 does nothing; its condition removes the folder.
    let removal = ToolRun.Signal(0) { [folder] errors in
      guard errors.contains("parameters") else { return false }
      try folder.remove("models")
      return true
    }
    let run = try ToolRun(
      ["train", "names.txt", "--output", "models/m", "--preset", "microgpt", "--steps", "200000"], in: folder,
      signal: removal)
    #expect(run.status == 73)
    #expect(run.errors.hasSuffix("swiftlet: models/m cannot be written: there is no folder models.\n"), "\(run.errors)")
  }

  @Test func `a read-only model is not replaced`() throws {
    #expect(try ToolRun(Self.training, in: folder).status == 0)
    let model = try folder.contents("names.safetensors")
    #expect(chmod(folder.path("names.safetensors"), 0o444) == 0)
    let run = try ToolRun(Self.training + ["--force"], in: folder)
    #expect(run.status == 73)
    #expect(run.errors == "swiftlet: names.safetensors is read-only.\n")
    #expect(try folder.contents("names.safetensors") == model)
  }

  @Test(arguments: [
    ("nowhere/model", "nowhere/model cannot be written: there is no folder nowhere."),
    ("/dev/null", "/dev/null is not a regular file."), (".", ". is a folder, not a file."),
  ])
  func `an impossible output path is refused before the corpus is read`(output: String, sentence: String) throws {
    let run = try ToolRun(["train", "no-such-corpus", "--output", output], in: folder)
    #expect(run.status == 73)
    #expect(run.errors == "swiftlet: \(sentence)\n")
  }

  @Test func `a file that is not a model is refused`() throws {
    #expect(try ToolRun(Self.training, in: folder).status == 0)
    try folder.contents("names.safetensors").prefix(9000).write(to: folder.url.appending(path: "half"))
    let half = try ToolRun(["sample", "half"], in: folder)
    #expect(half.status == 65)
    #expect(half.errors.contains("it was cut off.\n"))
    #expect(try ToolRun(["sample", "names.txt"], in: folder).status == 65)
    #expect(try ToolRun(["sample", "missing"], in: folder).status == 66)
    #expect(try ToolRun(["sample", "."], in: folder).status == 66)
    #expect(try ToolRun(["sample", "/dev/zero"], in: folder).status == 66)
  }
}
