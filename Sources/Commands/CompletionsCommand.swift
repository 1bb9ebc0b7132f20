import CommandOptions
import Support
import Terminal

/// `swiftlet completions`: prints a completion script for a shell.
struct CompletionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print a script with which a shell completes commands and options.",
    discussion: """
      Example: source <(swiftlet completions bash)

      To install the completions, write them to
      bash   ~/.local/share/bash-completion/completions/swiftlet
      zsh    a file _swiftlet in a folder of $fpath
      fish   ~/.config/fish/completions/swiftlet.fish
      """)

  @Argument(valueName: "SHELL", help: "The shell: bash, zsh or fish.") var shell: Shell

  func run() throws {
    try StandardStream.output.write(CommandTree(of: Swiftlet.self).completions(for: shell))
  }
}
