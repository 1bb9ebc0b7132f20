import CommandOptions
import Files
import Processor
import Terminal
import Training

/// The command-line tool. Each command is one file in this folder.
package struct Swiftlet: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "swiftlet",
    abstract: "Train a small GPT on your own text, and generate text from it.",
    version: "swiftlet 0.1.0",
    subcommands: [
      TrainCommand.self, SweepCommand.self, SampleCommand.self, ScoreCommand.self, ChatCommand.self, InfoCommand.self,
      TokenizeCommand.self, TokenizersCommand.self, ExportCommand.self, ImportCommand.self, CompletionsCommand.self,
      ManualCommand.self,
    ])

  package init() {}

  /// Runs the command that the arguments of the process call.
  package static func main() {
    StandardStream.reportFailedWrites()
    Interruption.unblock()
    do {
      // A program has at least its name.
      guard !CommandLine.arguments.isEmpty else {
        throw Failure(
          .inputOutput,
          "the arguments cannot be read, because /proc is not mounted; mount it with “mount -t proc proc /proc”.")
      }
      if let (number, shown) = ProgramArguments.firstNotUTF8 {
        throw Failure(
          .usage, "argument \(number), “\(shown)”, is not UTF-8; convert it, or rename the file with that name.")
      }
      do {
        let command = try parseAsRoot(Array(CommandLine.arguments.dropFirst()))
        try UnsupportedProcessor.check()
        try command.run()
      } catch let exit as CleanExit {
        try StandardStream.output.write(exit.message + "\n")
      }
      Processes.leave()
    } catch {
      Failure.exit(with: error)
    }
  }
}
