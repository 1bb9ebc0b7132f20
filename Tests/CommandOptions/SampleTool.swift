import CommandOptions

/// A tool with one declaration of every kind.
struct Tool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tool", abstract: "Try every kind of declaration.", version: "1.2.3",
    subcommands: [Train.self, Show.self, Group.self])
}

enum Engine: String, CaseIterable, ExpressibleByArgument {
  case fast, scalar
}

struct SizeOptions: ParsableArguments {
  @Option(in: .from(1, to: 64), default: "chosen from the corpus", help: "How many layers.") var layers: Int?
  @Option(in: .from(0, below: 1), help: "How much to forget.") var dropOut = 0.0

  func validate() throws {
    if layers == 13 { throw ValidationError("--layers 13 brings bad luck; choose another number") }
  }
}

struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Learn something.", discussion: "Example: tool train a.txt")

  @Argument(valueName: "CORPUS", help: "What to learn from.") var corpora: [String]
  @Option(in: .atLeast(0), help: "How many steps to train.") var steps = 1000
  @Option(in: .moreThan(0), help: "How fast to learn.") var learningRate = 0.01
  @Option(help: "Where random numbers start.") var seed: UInt64 = 42
  @Option(help: "What computes the training steps, one word or another of which is long enough to wrap.")
  var engine = Engine.fast
  @Option(help: "Where a text ends.") var stop: [String] = []
  @Option(valueName: "FILE", help: "What to write.") var output: String?
  @NamedOptions([
    NamedOption("unit", .choice(["grapheme", "byte"]), fallback: "grapheme", help: "What to cut into."),
    NamedOption("lowercase", .flag, help: "Fold case."),
    NamedOption("min-count", .number(atLeast: 1), fallback: "1", help: "How often a piece must occur."),
    NamedOption("locale", .text(valueName: "ID"), help: "Whose rules."),
  ])
  var settings
  @OptionGroup(title: "Size") var size: SizeOptions
  @Flag(help: "Say nothing.") var quiet
}

struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Show a file.")

  @Argument(help: "The file to show.") var model: String
  @Argument(help: "How many points to draw.") var points: Int?
  @Option(valueName: "KIND", help: "What to make.") var format: String
}

struct Group: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Hold more commands.", subcommands: [Inner.self])

  struct Inner: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Stand below another command.")
  }
}
