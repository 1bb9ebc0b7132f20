extension CommandTable {
  /// One line: `swiftlet train CORPUS... [options]`.
  package var usage: String {
    var words = [path]
    for parameter in parameters where parameter.kind == .argument {
      let name = parameter.name + (parameter.isRepeating ? "..." : "")
      words.append(parameter.isRequired ? name : "[\(name)]")
    }
    for parameter in parameters where parameter.kind == .option && parameter.isRequired {
      words.append("\(parameter.name) \(parameter.valueName)")
    }
    if !configuration.subcommands.isEmpty { words.append("COMMAND") }
    if parameters.contains(where: { $0.kind != .argument && !$0.isRequired }) { words.append("[options]") }
    return words.joined(separator: " ")
  }

  /// The text that `--help` prints, in 80 columns.
  package var help: String {
    var parts = [configuration.abstract, "Usage: \(usage)"]
    for section in sections {
      parts.append("\(section.title):\n\(section.text)")
    }
    if !configuration.subcommands.isEmpty {
      parts.append("Commands:\n" + list(configuration.subcommands.map { ($0.name, $0.configuration.abstract) }))
      parts.append("See \(path) COMMAND --help for the options of a command.")
    }
    if !configuration.discussion.isEmpty { parts.append(configuration.discussion) }
    return parts.joined(separator: "\n\n")
  }
}

extension CommandTable.Section {
  /// The parameters, one after another, in 80 columns.
  package var text: String { list(parameters.map { ($0.spelling, $0.explanation) }) }
}

extension Parameter {
  var spelling: String {
    switch kind {
    case .argument: name + (isRepeating ? "..." : "")
    case .option: "\(names.joined(separator: ", ")) \(valueName)"
    case .flag: name
    }
  }

  /// The help, followed by the limits and the default: `The number of training steps (0 or more; default 1000).`
  var explanation: String {
    let notes = [limits, fallback.map { "default \($0)" }, isRepeating && kind == .option ? "repeatable" : nil]
      .compactMap(\.self)
    if notes.isEmpty { return help }
    let sentence = help.hasSuffix(".") ? help.dropLast() : help[...]
    return "\(sentence) (\(notes.joined(separator: "; ")))."
  }
}

/// Terms on the left and their explanations on the right; a long term takes a line of its own.
private func list(_ rows: [(term: String, text: String)]) -> String {
  let margin = 26
  var lines: [String] = []
  for row in rows {
    var text = wrap(row.text, width: 80 - margin)[...]
    var line = "  " + row.term
    if line.count + 2 <= margin, let first = text.popFirst() {
      line += String(repeating: " ", count: margin - line.count) + first
    }
    lines.append(line)
    lines += text.map { String(repeating: " ", count: margin) + $0 }
  }
  return lines.joined(separator: "\n")
}

/// The lines of `text`, none longer than `width`; a longer word takes a line of its own.
private func wrap(_ text: String, width: Int) -> [String] {
  var lines: [String] = []
  for word in text.split(separator: " ") {
    if let last = lines.last, last.count + 1 + word.count <= width {
      lines[lines.count - 1] += " " + word
    } else {
      lines.append(String(word))
    }
  }
  return lines
}
