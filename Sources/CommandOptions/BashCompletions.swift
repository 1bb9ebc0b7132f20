import Support

extension CommandTree {
  /// For bash 4 and later: a function that finds the command in what was typed, then offers what may follow.
  var bashCompletions: String {
    let function = "_" + name
    var lines = [
      "# Completions for bash, written by \(name) itself.",
      "\(function)() {",
      "  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} path=\(name) word",
      "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do",
      "    case \"$path $word\" in",
      "      \(all.dropFirst().map { $0.table.path.quotedForShell }.joined(separator: " | "))) path=\"$path $word\" ;;",
      "    esac",
      "  done",
      "  # Bash cuts --option=value into three words.",
      "  if [ \"$before\" = = ]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi",
      "  if [ \"$current\" = = ]; then current=; fi",
      "  case \"$path $before\" in",
    ]
    for command in all {
      for option in command.options where option.kind == .option {
        let pattern = "\(command.table.path) \(option.name)".quotedForShell
        lines.append("    \(pattern)) \(offer(option.choices, files: option.takesFile)); return ;;")
      }
    }
    lines += ["  esac", "  case $path in"]
    for command in all {
      let words = command.options.map(\.name) + command.children.map(\.name) + command.arguments.flatMap(\.choices)
      lines.append("    \(command.table.path.quotedForShell))")
      if command.arguments.contains(where: \.takesFile) {
        lines.append("      if [[ $current != -* ]]; then \(offer([], files: true)); return; fi")
      }
      lines.append("      \(offer(words, files: false)) ;;")
    }
    lines += ["  esac", "}", "complete -F \(function) \(name)"]
    return lines.joined(separator: "\n") + "\n"
  }

  private func offer(_ words: [String], files: Bool) -> String {
    if files { return "compopt -o default" }
    if words.isEmpty { return "COMPREPLY=()" }
    return "COMPREPLY=($(compgen -W \(words.joined(separator: " ").quotedForShell) -- \"$current\"))"
  }
}
