import Support

extension ParsableCommand {
  /// The command that `arguments` (without the program's name) call, with its properties set.
  ///
  /// - Throws: `CleanExit` when they ask for the help or the version, `ValidationError` when they are invalid.
  package static func parseAsRoot(_ arguments: [String]) throws -> any ParsableCommand {
    try parse(arguments[...], path: name)
  }

  private static func parse(_ arguments: ArraySlice<String>, path: String) throws -> any ParsableCommand {
    let subcommands = configuration.subcommands
    if let first = arguments.first, !subcommands.isEmpty, !first.hasPrefix("-") {
      if first == "help" {
        return try parse(arguments.dropFirst().prefix { !$0.hasPrefix("-") } + ["--help"], path: path)
      }
      guard let subcommand = subcommands.first(where: { $0.name == first }) else {
        throw ValidationError(unknown(command: first, among: subcommands.map { $0.name }))
      }
      return try subcommand.parse(arguments.dropFirst(), path: "\(path) \(first)")
    }
    let command = Self()
    let declarations = Declarations(command)
    var parser = ArgumentParser(
      table: CommandTable(declarations, configuration: configuration, path: path), members: declarations.members)
    try parser.parse(arguments)
    for group in declarations.groups.reversed() { try group.validate() }
    return command
  }

  private static func unknown(command: String, among names: [String]) -> String {
    if let nearest = nearest(to: command, among: names) {
      return "unknown command \(command); did you mean \(nearest)?"
    }
    return "unknown command \(command); the commands are \(names.joined(separator: ", "))"
  }
}

/// Sets the properties of one command from its arguments.
private struct ArgumentParser {
  let table: CommandTable
  let members: [Declarations.Member]
  var given: Set<String> = []

  init(table: CommandTable, members: [Declarations.Member]) {
    self.table = table
    self.members = members
  }

  mutating func parse(_ arguments: ArraySlice<String>) throws {
    var rest = arguments
    var onlyPositionals = false
    while let argument = rest.popFirst() {
      if onlyPositionals || !looksLikeOption(argument) {
        try takePositional(argument)
      } else if argument == "--" {
        onlyPositionals = true
      } else {
        try takeOption(argument, rest: &rest)
      }
    }
    for member in members where member.parameter.isRequired && !given.contains(member.parameter.name) {
      throw ValidationError("\(member.parameter.name) is missing; usage: \(table.usage)")
    }
  }

  /// A single dash is a file name, and a dash before a digit begins a number.
  private func looksLikeOption(_ argument: String) -> Bool {
    guard argument.hasPrefix("-"), let second = argument.dropFirst().first else { return false }
    return !(second.isNumber || second == ".")
  }

  private mutating func takePositional(_ argument: String) throws {
    for member in members where member.isArgument {
      if member.parameter.isRepeating || !given.contains(member.parameter.name) {
        try accept(argument, for: member)
        return
      }
    }
    throw ValidationError("unexpected argument \(argument); usage: \(table.usage)")
  }

  private mutating func takeOption(_ argument: String, rest: inout ArraySlice<String>) throws {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    var value = parts.count > 1 ? String(parts[1]) : nil
    if ["--help", "-h"].contains(name) { throw CleanExit(table.help) }
    if name == "--version", let version = table.configuration.version { throw CleanExit(version) }
    guard let member = members.first(where: { !$0.isArgument && $0.parameter.names.contains(name) }) else {
      throw ValidationError(unknown(option: name))
    }
    if member.parameter.kind == .flag {
      if let value { throw ValidationError("\(name) takes no value; remove =\(value)") }
    } else {
      if value == nil, let next = rest.first, !next.hasPrefix("--") { value = rest.popFirst() }
      if value == nil {
        let fix = rest.first.map { "; for a value that begins with dashes, write \(name)=\($0)" } ?? ""
        throw ValidationError("\(name) needs a value: \(member.parameter.expectedValue)\(fix)")
      }
    }
    guard member.parameter.isRepeating || !given.contains(member.parameter.name) else {
      throw ValidationError("\(name) is given twice; give it once")
    }
    try accept(value ?? "", for: member)
  }

  private mutating func accept(_ text: String, for member: Declarations.Member) throws {
    do {
      try member.property.accept(text)
    } catch {
      throw ValidationError("\(member.parameter.name) \(text.isEmpty ? "''" : text): \(error.expectation)")
    }
    given.insert(member.parameter.name)
  }

  private func unknown(option: String) -> String {
    let names = table.parameters.filter { $0.kind != .argument }.map(\.name) + ["--help"]
    if let familiar = table.configuration.familiarOptions.first(where: { $0.answers(option, among: names) }) {
      return "unknown option \(option); \(familiar.answer)"
    }
    if let nearest = nearest(to: option, among: names) { return "unknown option \(option); did you mean \(nearest)?" }
    return "unknown option \(option); see \(table.path) --help"
  }
}

extension Parameter {
  /// The allowed values in words, or the placeholder.
  fileprivate var expectedValue: String { choices.isEmpty ? limits ?? valueName : choices.alternatives }
}
