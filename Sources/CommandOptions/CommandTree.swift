/// A tool with all its commands: what a manual and completions are written from.
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

  /// The word that calls it.
  var name: String { table.path.split(separator: " ").last.map(String.init) ?? table.path }

  /// It and everything below it.
  var all: [CommandTree] { [self] + children.flatMap(\.all) }

  var arguments: [Parameter] { table.parameters.filter { $0.kind == .argument } }

  /// Its options and flags, and those that every command has.
  var options: [Parameter] {
    let version =
      table.configuration.version == nil ? [] : [Parameter(flag: "--version", help: "Say which version it is.")]
    return table.parameters.filter { $0.kind != .argument }
      + [Parameter(flag: "--help", help: "Say what it takes.")] + version
  }
}

/// A shell that can complete what a person begins to type.
package enum Shell: String, CaseIterable, Sendable, ExpressibleByArgument {
  case bash, zsh, fish
}

extension CommandTree {
  /// A script that teaches `shell` the commands, options and values of this tool.
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

  /// Whether its value may be the name of a file or folder, which is what these names of values stand for.
  var takesFile: Bool {
    let words = (kind == .argument ? name : valueName).split { !$0.isUppercase }
    return words.contains { ["FILE", "MODEL", "CORPUS", "PATH", "FOLDER"].contains($0) }
  }
}
