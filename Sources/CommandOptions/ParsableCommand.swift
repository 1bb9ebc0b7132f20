/// Properties that command-line arguments set: declared with `@Argument`, `@Option`, `@Flag` and `@OptionGroup`.
package protocol ParsableArguments {
  init()

  /// Refuses values that do not go together, by throwing a `ValidationError`.
  func validate() throws
}

extension ParsableArguments {
  package func validate() throws {}
}

/// One command of a tool: its arguments are its properties.
///
/// The names are those of swift-argument-parser, so that a reader knows them and that package could take this one's place.
///
///     struct Repeat: ParsableCommand {
///       static let configuration = CommandConfiguration(abstract: "Say something more than once.")
///
///       @Argument(help: "What to say.") var phrase: String
///       @Option(in: .atLeast(0), help: "How often to say it.") var times = 2
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

  /// Shows the help: what a command does that only holds other commands.
  package func run() throws {
    throw CleanExit(CommandTable(of: Self.self, path: Self.name).help)
  }
}

/// What is said of a command besides its arguments.
package struct CommandConfiguration: Sendable {
  package let commandName: String?
  /// One sentence.
  package let abstract: String
  /// What the help says after the options: examples, as a rule.
  package let discussion: String
  package let version: String?
  package let subcommands: [any ParsableCommand.Type]

  package init(
    commandName: String? = nil, abstract: String, discussion: String = "", version: String? = nil,
    subcommands: [any ParsableCommand.Type] = []
  ) {
    self.commandName = commandName
    self.abstract = abstract
    self.discussion = discussion
    self.version = version
    self.subcommands = subcommands
  }
}
