import Support

extension CommandTree {
  /// For fish: one line for each command and each option of it.
  var fishCompletions: String {
    let head = ["# Completions for fish, written by \(name) itself.", "complete -c \(name) -f"]
    return (head + fishLines(tool: name, above: [])).joined(separator: "\n") + "\n"
  }

  /// `above` are the words that lead to this command.
  private func fishLines(tool: String, above: [String]) -> [String] {
    var conditions = above.map { "__fish_seen_subcommand_from \($0)" }
    if !children.isEmpty {
      conditions.append("not __fish_seen_subcommand_from \(children.map(\.name).joined(separator: " "))")
    }
    let start =
      "complete -c \(tool)" + (conditions.isEmpty ? "" : " -n \(conditions.joined(separator: "; and ").quotedForFish)")
    var lines: [String] = []
    for child in children {
      lines.append("\(start) -a \(child.name) -d \(child.table.configuration.abstract.quotedForFish)")
    }
    for option in options {
      lines.append("\(start) -l \(option.name.dropFirst(2)) \(option.fishValues)-d \(option.help.quotedForFish)")
    }
    for argument in arguments where !argument.choices.isEmpty {
      lines.append("\(start) -a \(argument.choices.joined(separator: " ").quotedForFish)")
    }
    if arguments.contains(where: \.takesFile) { lines.append("\(start) -F") }
    return lines + children.flatMap { $0.fishLines(tool: tool, above: above + [$0.name]) }
  }
}

extension Parameter {
  /// What may follow it: nothing, files, one of some words, or something else.
  fileprivate var fishValues: String {
    if kind == .flag { return "" }
    if takesFile { return "-r -F " }
    return choices.isEmpty ? "-x " : "-x -a \(choices.joined(separator: " ").quotedForFish) "
  }
}
