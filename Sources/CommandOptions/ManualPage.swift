extension CommandTree {
  /// The manual page of the tool in roff, for section 1; `sections` follow the commands.
  package func manualPage(sections: [(title: String, text: String)] = []) -> String {
    let version = table.configuration.version ?? ""
    var lines = [
      ".TH \(name.uppercased()) 1 \"\" \"\(version.inRoff)\"",
      ".SH NAME", "\(name.inRoff) \\- \(table.configuration.abstract.inRoff)",
      ".SH SYNOPSIS",
    ]
    for command in all where command.children.isEmpty { lines += [".B \(command.table.usage.inRoff)", ".br"] }
    lines += [".SH COMMANDS"]
    for command in all.dropFirst() { lines += command.manualLines }
    for section in sections { lines += [".SH \(section.title.uppercased().inRoff)"] + section.text.roffLines }
    return lines.joined(separator: "\n") + "\n"
  }

  private var manualLines: [String] {
    var lines = [".SS \(table.path.inRoff)", table.configuration.abstract.inRoff]
    for section in table.sections {
      lines += [".PP", "\\fI\(section.title.inRoff)\\fR"]
      for parameter in section.parameters {
        lines += [".TP", "\\fB\(parameter.spelling.inRoff)\\fR", parameter.explanation.inRoff]
      }
    }
    if !table.configuration.discussion.isEmpty { lines += table.configuration.discussion.roffLines }
    return lines
  }
}

extension String {
  /// The text on one line, escaped so that roff finds no command in it.
  fileprivate var inRoff: String {
    var text = first == "." || first == "'" ? "\\&" : ""
    for character in self {
      switch character {
      case "\\": text += "\\e"
      case "-": text += "\\-"
      case "\n": text += " "
      default: text.append(character)
      }
    }
    return text
  }

  /// The text with its line breaks preserved.
  fileprivate var roffLines: [String] {
    [".PP", ".nf"] + split(separator: "\n", omittingEmptySubsequences: false).map { String($0).inRoff } + [".fi"]
  }
}
