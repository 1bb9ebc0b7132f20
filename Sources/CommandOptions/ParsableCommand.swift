/// Properties that command-line arguments set: declared with `@Argument`, `@Option`, `@Flag` and `@OptionGroup`.
package protocol ParsableArguments {
  init()

  /// Throws a `ValidationError` for values that cannot be combined.
  func validate() throws
}

extension ParsableArguments {
  package func validate() throws {}
}

/// One command of a tool, whose properties are its arguments.
///
/// The declarations are those of swift-argument-parser, which readers know and which could replace this module.
///
///     struct RepeatCommand: ParsableCommand {
///       static let configuration = CommandConfiguration(abstract: "Print a phrase several times.")
///
///       @Argument(help: "The phrase.") var phrase: String
///       @Option(in: .atLeast(0), help: "The number of repetitions.") var times = 2
///
///       func run() { for _ in 0..<times { print(phrase) } }
///     }
package protocol ParsableCommand: ParsableArguments, SendableMetatype {
  static var configuration: CommandConfiguration { get }

  func run() throws
}

extension ParsableCommand {
  /// The command's name: the configured one, or the type's in kebab case without the suffix `Command`.
  package static var name: String {
    if let name = configuration.commandName { return name }
    let type = String(describing: Self.self)
    return (type.hasSuffix("Command") ? String(type.dropLast("Command".count)) : type).kebabCased
  }

  /// Prints the help: the default for a command that only groups other commands.
  package func run() throws {
    throw CleanExit(CommandTable(of: Self.self, path: Self.name).help)
  }
}

/// The description of a command apart from its arguments.
package struct CommandConfiguration: Sendable {
  package let commandName: String?
  /// One sentence.
  package let abstract: String
  /// The end of the help, after the options: usually examples.
  package let discussion: String
  package let version: String?
  package let subcommands: [any ParsableCommand.Type]
  /// The options of other programs that are answered with the one to use here.
  package let familiarOptions: [FamiliarOption]

  package init(
    commandName: String? = nil, abstract: String, discussion: String = "", version: String? = nil,
    subcommands: [any ParsableCommand.Type] = [], familiarOptions: [FamiliarOption] = []
  ) {
    self.commandName = commandName
    self.abstract = abstract
    self.discussion = discussion
    self.version = version
    self.subcommands = subcommands
    self.familiarOptions = familiarOptions
  }
}
