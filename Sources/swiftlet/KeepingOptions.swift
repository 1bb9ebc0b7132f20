import CommandOptions
import Files
import Training

/// The files that training writes besides the model, and the samples that it shows.
struct KeepingOptions: ParsableArguments {
  @Option(
    valueName: "FILE", default: "the model's name + .checkpoint",
    help: "The file of checkpoints, from which --resume continues.")
  var checkpoint: String?
  @Option(in: .atLeast(1), default: "every 10 seconds", help: "The number of steps between checkpoints.")
  var checkpointEvery: Int?
  @Flag(help: "Continue from the checkpoint if there is one, to the same bits, and write others.") var resume
  @Option(valueName: "FILE.jsonl", help: "Write the loss and other metrics, one JSON object per line.") var metrics:
    String?
  @Option(valueName: "FILE.html", help: "Write an HTML report that refreshes during training.")
  var report: String?
  @Option(
    in: .from(0, to: 1000), help: "The number of samples to show during training, after 1, 2, 4 … seconds.")
  var samples = 3

  /// True if checkpoints are written without an interruption too.
  var writesCheckpoints: Bool { checkpoint != nil || checkpointEvery != nil || resume }

  func checkpointPath(_ output: String) -> String {
    checkpoint ?? (output.hasSuffix(FileName.modelSuffix) ? FileName.stem(of: output) : output) + ".checkpoint"
  }

  /// The files that are written besides the model at `output`, with their options.
  func files(besides output: String) -> [(option: String, path: String)] {
    [("--checkpoint", checkpointPath(output))]
      + [("--metrics", metrics), ("--report", report)].compactMap { option, path in path.map { (option, $0) } }
  }

  /// The checkpoint to resume from; `nil` without --resume or where there is none.
  func checkpointToResume(_ output: String) throws -> Checkpoint? {
    let path = checkpointPath(output)
    guard resume && InputFile.exists(path) else { return nil }
    return try Checkpoint(contentsOf: path)
  }
}
