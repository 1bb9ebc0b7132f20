import CommandOptions

extension ParsableCommand {
  /// The words of a command line for options of the shared library.
  ///
  /// - Parameters:
  ///   - options: The options as `name=value`.
  ///   - refused: The options that belong to the tool alone.
  static func words(
    _ options: [String], refusing refused: [String], because remedy: String
  ) throws -> [String] {
    let names = OptionWords(of: Self.self)
    return try options.flatMap { option in
      let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty else {
        throw ValidationError("“\(option)” is not an option; write name=value")
      }
      if refused.contains(where: { $0 == parts[0] }) {
        throw ValidationError("--\(parts[0]) belongs to the command line; \(remedy)")
      }
      return try names.words(String(parts[0]), String(parts[1]), remedy: "use true or false")
    }
  }

  /// The command that these words call.
  static func parsed(_ words: [String]) throws -> Self {
    do {
      guard let command = try parseAsRoot(words) as? Self else { throw ValidationError("these are not its arguments") }
      return command
    } catch let exit as CleanExit {
      // --help is an option of every command.
      throw ValidationError(exit.message)
    }
  }
}

extension Swiftlet {
  /// The version, such as `0.1.0`.
  package static var version: String {
    (configuration.version ?? "").split(separator: " ").last.map(String.init) ?? ""
  }

  /// The help of a command; `nil` for another name.
  package static func help(of command: String) -> String? {
    configuration.subcommands.first { $0.name == command }.map {
      CommandTable(of: $0, path: "swiftlet \(command)").help
    }
  }
}
