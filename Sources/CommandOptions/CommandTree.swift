/// A tool with all its commands: the source of its manual page and its completions.
package struct CommandTree: Sendable {
  package let table: CommandTable
  package let children: [CommandTree]

  package init(of command: any ParsableCommand.Type) {
    self.init(of: command, path: command.name)
  }

  private init(of command: any ParsableCommand.Type, path: String) {
    table = CommandTable(of: command, path: path)
    children = command.configuration.subcommands.map { CommandTree(of: $0, path: "\(path) \($0.name)") }
  }

  /// The last word of the path.
  var name: String { table.path.split(separator: " ").last.map(String.init) ?? table.path }

  /// This command and all below it.
  var all: [CommandTree] { [self] + children.flatMap(\.all) }

  var arguments: [Parameter] { table.parameters.filter { $0.kind == .argument } }

  /// The options and flags of this command, including those that every command has.
  var options: [Parameter] {
    let version =
      table.configuration.version == nil ? [] : [Parameter(flag: "--version", help: "Print the version.")]
    return table.parameters.filter { $0.kind != .argument }
      + [Parameter(flag: "--help", help: "Print this help.")] + version
  }
}

/// A shell for which completions can be generated.
package enum Shell: String, CaseIterable, Sendable, ExpressibleByArgument {
  case bash, zsh, fish
}

extension CommandTree {
  /// A script with which `shell` completes the commands, options and values of this tool.
  package func completions(for shell: Shell) -> String {
    switch shell {
    case .bash: bashCompletions
    case .zsh: zshCompletions
    case .fish: fishCompletions
    }
  }
}

extension Parameter {
  fileprivate init(flag name: String, help: String) {
    self.init(
      kind: .flag, name: name, valueName: "", choices: [], limits: nil, fallback: nil, isRepeating: false,
      isRequired: false, help: help)
  }

  /// True if the name of its value stands for a file or folder.
  var takesFile: Bool {
    let words = (kind == .argument ? name : valueName).split { !$0.isUppercase }
    return words.contains { ["FILE", "MODEL", "CORPUS", "PATH", "FOLDER"].contains($0) }
  }
}
