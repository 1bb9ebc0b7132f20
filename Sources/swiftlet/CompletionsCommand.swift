import CommandOptions
import Support
import Terminal

/// `swiftlet completions`: what a shell needs to finish what a person begins to type.
struct CompletionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print completions for a shell: of commands, options and their values.",
    discussion: """
      Example: source <(swiftlet completions bash)

      To have them always, write them to
      bash   ~/.local/share/bash-completion/completions/swiftlet
      zsh    a file _swiftlet in a folder of $fpath
      fish   ~/.config/fish/completions/swiftlet.fish
      """)

  @Argument(valueName: "SHELL", help: "bash, zsh or fish.") var shell: Shell

  func run() throws {
    try StandardStream.output.write(CommandTree(of: Swiftlet.self).completions(for: shell))
  }
}
