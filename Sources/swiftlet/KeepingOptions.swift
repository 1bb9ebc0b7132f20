import CommandOptions
import Files
import Training

/// What is written down while a model learns.
struct KeepingOptions: ParsableArguments {
  @Option(
    valueName: "FILE", default: "the model's name + .checkpoint",
    help: "Where the run is kept, so that it can go on when it was stopped.")
  var checkpoint: String?
  @Option(in: .atLeast(1), default: "every 10 seconds", help: "After how many steps it is kept.")
  var checkpointEvery: Int?
  @Flag(help: "Go on from the checkpoint if there is one, to the same bits, and keep another.") var resume
  @Option(valueName: "FILE.jsonl", help: "Write how it goes, one JSON object a line.") var metrics: String?
  @Option(valueName: "FILE.html", help: "Write a page that shows how it goes, and in the end how it went.")
  var report: String?
  @Option(
    in: .from(0, to: 1000), help: "How many texts it shows of what the model writes by then, after 1, 2, 4 … seconds.")
  var samples = 3

  /// Whether the run is kept before anybody interrupts it.
  var isKept: Bool { checkpoint != nil || checkpointEvery != nil || resume }

  func checkpointPath(_ output: String) -> String {
    checkpoint ?? (output.hasSuffix(FileName.modelSuffix) ? FileName.stem(of: output) : output) + ".checkpoint"
  }

  /// What is written besides the model at `output`, and the option that says where.
  func files(besides output: String) -> [(option: String, path: String)] {
    [("--checkpoint", checkpointPath(output))]
      + [("--metrics", metrics), ("--report", report)].compactMap { option, path in path.map { (option, $0) } }
  }

  /// The checkpoint to go on from, if that is wanted and there is one.
  func checkpointToResume(_ output: String) throws -> Checkpoint? {
    let path = checkpointPath(output)
    guard resume && InputFile.exists(path) else { return nil }
    return try Checkpoint(contentsOf: path)
  }
}
