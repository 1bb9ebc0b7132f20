import CommandOptions

/// A tool with one declaration of every kind.
struct Tool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tool", abstract: "Try every kind of declaration.", version: "1.2.3",
    subcommands: [TrainCommand.self, Show.self, Group.self])
}

enum Engine: String, CaseIterable, ExpressibleByArgument {
  case fast, scalar
}

struct SizeOptions: ParsableArguments {
  @Option(in: .from(1, to: 64), default: "chosen from the corpus", help: "The number of layers.") var layers: Int?
  @Option(in: .from(0, below: 1), help: "The dropout rate.") var dropOut = 0.0

  func validate() throws {
    if layers == 13 { throw ValidationError("--layers 13 is unlucky; choose another number") }
  }
}

/// Options for experts, declared before others and shown after them.
struct ExpertOptions: ParsableArguments {
  @Option(in: .from(0, below: 1), help: "The decay of the momentum.") var beta = 0.9
}

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train something.", discussion: "Example: tool train a.txt",
    familiarOptions: [
      FamiliarOption("lr", "--learning-rate"), FamiliarOption("n-layer depth", "--layers"),
      FamiliarOption("temp", "--temperature"), FamiliarOption("epochs", "--steps", answer: "use --steps"),
    ])

  @Argument(valueName: "CORPUS", help: "The files to read.") var corpora: [String]
  @Option(in: .atLeast(0), help: "The number of steps.") var steps = 1000
  @Option(in: .moreThan(0), help: "The step size.") var learningRate = 0.01
  @Option(help: "The seed of the random numbers.") var seed: UInt64 = 42
  @Option(help: "The implementation of the training steps, in enough words that the line has to wrap.")
  var engine = Engine.fast
  @Option(help: "The text that ends a sample.") var stop: [String] = []
  @Option(short: "-o", valueName: "FILE", help: "The file to write.") var output: String?
  @NamedOptions([
    NamedOption("unit", .choice(["grapheme", "byte"]), fallback: "grapheme", help: "The unit of the text."),
    NamedOption("lowercase", .flag, help: "Fold case."),
    NamedOption("min-count", .number(atLeast: 1), fallback: "1", help: "The least frequency."),
    NamedOption("locale", .text(valueName: "ID"), help: "The locale."),
  ])
  var settings
  @OptionGroup(title: "Advanced", isLast: true) var expert: ExpertOptions
  @OptionGroup(title: "Size") var size: SizeOptions
  @Flag(help: "Print nothing.") var quiet
}

struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Show a file.")

  @Argument(help: "The file to show.") var model: String
  @Argument(help: "The number of points to draw.") var points: Int?
  @Option(valueName: "KIND", help: "The format.") var format: String
}

struct Group: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Group more commands.", subcommands: [Inner.self])

  struct Inner: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Belong to another command.")
  }
}
