import CommandOptions
import Files
import Training

/// The files that training writes besides the model, and the samples that it shows.
struct KeepingOptions: ParsableArguments {
  @Option(
    valueName: "FILE", default: "the model's name + .checkpoint",
    help: "The file of checkpoints, from which --resume continues.")
  var checkpoint: String?
  @Option(in: .atLeast(1), default: "every 10 seconds or more", help: "The number of steps between checkpoints.")
  var checkpointEvery: Int?
  @Flag(help: "Continue from the checkpoint if there is one, to the same bits, and write others.") var resume
  @Option(valueName: "FILE.jsonl", help: "Write the loss and other metrics, one JSON object per line.") var metrics:
    String?
  @Option(valueName: "FILE.html", help: "Write an HTML report that refreshes during training.")
  var report: String?
  @Option(
    in: .from(0, to: 1000), help: "The number of samples to show during training, after 1, 2, 4 … seconds.")
  var samples = 3

  /// The file of checkpoints; `nil` if the model has no name and no file is given.
  func checkpointPath(_ output: String?) -> String? {
    if let checkpoint { return checkpoint }
    guard let output else { return nil }
    return (output.hasSuffix(FileName.modelSuffix) ? FileName.stem(of: output) : output) + ".checkpoint"
  }

  /// The files of a run whose model is `output`.
  func files(_ output: String?) -> [OutputKind.File] {
    [
      ("--output", output, OutputKind.model), ("--checkpoint", checkpointPath(output), .checkpoint),
      ("--metrics", metrics, .metrics), ("--report", report, .report),
    ].compactMap { option, path, kind in path.map { (option, $0, kind) } }
  }

  /// True if checkpoints are asked for, and the run ends if they cannot be written.
  var demandsCheckpoints: Bool { checkpoint != nil || checkpointEvery != nil || resume }

  /// The checkpoint to resume from; `nil` without --resume or where there is none.
  func checkpointToResume(_ output: String?) throws -> Checkpoint? {
    guard resume, let path = checkpointPath(output), InputFile.exists(path) else { return nil }
    return try Checkpoint(contentsOf: path)
  }
}
