import CommandOptions

/// The words of a command line for options that are given as names and values, as in `layers=2` or `resume=true`.
struct OptionWords {
  /// The options of the command that take no value.
  private let flags: Set<String>

  init(of command: any ParsableCommand.Type) {
    let parameters = CommandTable(of: command, path: command.name).parameters
    flags = Set(parameters.filter { $0.kind == .flag }.map(\.name))
  }

  /// Returns `--layers=2` for an option, and for a flag its name if the value is true.
  func words(_ name: String, _ value: String, remedy: String) throws(ValidationError) -> [String] {
    let option = "--" + name
    guard flags.contains(option) else { return ["\(option)=\(value)"] }
    switch value {
    case "true": return [option]
    case "false": return []
    default: throw ValidationError("\(option) takes no value; \(remedy)")
    }
  }
}
