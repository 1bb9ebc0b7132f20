import Support

extension CommandTree {
  /// For zsh: one function a command, with what `_arguments` wants to know of each option.
  var zshCompletions: String {
    let functions = all.map { $0.zshFunction }.joined(separator: "\n")
    return """
      #compdef \(name)
      # Completions for zsh, written by \(name) itself.

      \(functions)
      if [[ $funcstack[1] == \(zshName) ]]; then \(zshName) "$@"; else compdef \(zshName) \(name); fi

      """
  }

  private var zshName: String { "_" + table.path.replacing(" ", with: "_") }

  private var zshFunction: String {
    var lines = ["\(zshName)() {"]
    if !children.isEmpty {
      let commands = children.map { "\($0.name):\($0.table.configuration.abstract.zshText)".quotedForShell }
      lines += [
        "  if (( CURRENT > 2 )); then",
        "    case $words[2] in",
      ]
      for child in children {
        lines.append("      \(child.name)) shift words; (( CURRENT-- )); \(child.zshName); return ;;")
      }
      lines += [
        "    esac",
        "  fi",
        "  local -a commands=(\(commands.joined(separator: " ")))",
        "  _describe command commands",
      ]
    }
    let specifications = options.map(\.zshSpecification) + arguments.map(\.zshSpecification)
    lines += ["  _arguments \(specifications.joined(separator: " \\\n    "))", "}"]
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Parameter {
  /// `'--engine=[What computes the steps]:fast|scalar:(fast scalar)'`
  fileprivate var zshSpecification: String {
    let action = takesFile ? "_files" : choices.isEmpty ? " " : "(\(choices.joined(separator: " ")))"
    switch kind {
    case .argument: return "\(isRepeating ? "*" : ""):\(name):\(action)".quotedForShell
    case .flag: return "\(name)[\(help.zshText)]".quotedForShell
    case .option:
      return "\(isRepeating ? "*" : "")\(name)=[\(help.zshText)]:\(valueName.zshText):\(action)".quotedForShell
    }
  }
}

extension String {
  /// The text where `:` and brackets would end it.
  fileprivate var zshText: String {
    reduce(into: "") { text, character in
      if "\\:[]".contains(character) { text.append("\\") }
      text.append(character)
    }
  }
}

extension String {
  fileprivate func replacing(_ character: Character, with other: Character) -> String {
    String(map { $0 == character ? other : $0 })
  }
}
