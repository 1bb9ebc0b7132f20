import CommandOptions
import Files
import Terminal
import Training

/// The tool. Every command is one file beside this one.
@main
struct Swiftlet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "swiftlet",
    abstract: "Turn a text into a small GPT on this computer, and the GPT back into text.",
    version: "swiftlet 0.1.0",
    subcommands: [
      TrainCommand.self, SweepCommand.self, SampleCommand.self, ScoreCommand.self, ChatCommand.self, InfoCommand.self,
      TokenizeCommand.self, TokenizersCommand.self, ExportCommand.self, ImportCommand.self, CompletionsCommand.self,
      ManualCommand.self,
    ])

  static func main() {
    StandardStream.reportFailedWrites()
    do {
      if let (number, shown) = ProgramArguments.firstNotUTF8 {
        throw Failure(
          .usage, "argument \(number), “\(shown)”, is not UTF-8; rename a file that is called so, or convert the text.")
      }
      do {
        try parseAsRoot(Array(CommandLine.arguments.dropFirst())).run()
      } catch let exit as CleanExit {
        try StandardStream.output.write(exit.message + "\n")
      }
      Processes.leave()
    } catch {
      Failure.exit(with: error)
    }
  }
}
