import CommandOptions
import Testing

@Suite("Arguments become the properties of a command")
struct ParsingTests {
  func train(_ arguments: String...) throws -> TrainCommand {
    try #require(try Tool.parseAsRoot(["train"] + arguments) as? TrainCommand)
  }

  @Test func `options that are not given have their defaults`() throws {
    let command = try train("a.txt")
    #expect(command.corpora == ["a.txt"])
    #expect(command.steps == 1000)
    #expect(command.learningRate == 0.01)
    #expect(command.engine == .fast)
    #expect(command.output == nil)
    #expect(command.size.layers == nil)
    #expect(command.stop.isEmpty)
    #expect(!command.quiet)
  }

  @Test func `values follow a space or an equals sign, before or after arguments`() throws {
    let command = try train("--steps", "7", "a.txt", "--learning-rate=0.5", "b.txt", "--engine", "scalar", "--quiet")
    #expect(command.corpora == ["a.txt", "b.txt"])
    #expect(command.steps == 7)
    #expect(command.learningRate == 0.5)
    #expect(command.engine == .scalar)
    #expect(command.quiet)
  }

  @Test func `a value keeps everything after the first equals sign, or nothing`() throws {
    #expect(try train("a", "--output=x=y").output == "x=y")
    #expect(try train("a", "--output=").output == "")
    #expect(try train("a", "--output", "").output == "")
  }

  @Test func `a short name stands for the long one`() throws {
    #expect(try train("a", "-o", "x").output == "x")
    #expect(try train("-o=x", "a").output == "x")
  }

  @Test func `a fraction may be a percentage`() {
    for (text, value) in [("0.1", 0.1), ("10%", 0.1), ("12.3%", 0.123), ("100%", 1), ("0%", 0)] {
      #expect(Fraction(argument: text)?.value == value, "\(text)")
    }
    for text in ["%", "10%%", "1e2%", "nan%", "inf%", "ten", "10 %"] {
      #expect(Fraction(argument: text) == nil, "\(text)")
    }
  }

  @Test func `negative numbers and dashes are values`() throws {
    let show = try #require(try Tool.parseAsRoot(["show", "-", "-10", "--format", "-x"]) as? Show)
    #expect(show.model == "-")
    #expect(show.points == -10)
    #expect(show.format == "-x")
  }

  @Test func `repeated options collect their values in order`() throws {
    #expect(try train("a", "--stop", ".", "--stop=--", "--stop", "!").stop == [".", "--", "!"])
  }

  @Test func `after two dashes everything is an argument`() throws {
    #expect(try train("--quiet", "--", "--steps", "--", "-h").corpora == ["--steps", "--", "-h"])
  }

  @Test func `options of a group are found among the others`() throws {
    let command = try train("a", "--layers", "3", "--drop-out", "0.25")
    #expect(command.size.layers == 3)
    #expect(command.size.dropOut == 0.25)
  }

  @Test func `options of a table are found by name, and only those that were given`() throws {
    #expect(try train("a").settings.isEmpty)
    #expect(
      try train("a", "--unit", "byte", "--lowercase", "--min-count=2", "--locale", "th").settings
        == ["unit": "byte", "lowercase": "true", "min-count": "2", "locale": "th"])
  }

  @Test func `commands nest`() throws {
    #expect(try Tool.parseAsRoot(["group", "inner"]) is Group.Inner)
  }

  @Test func `two parses share nothing`() throws {
    let one = try train("a", "--steps", "1")
    let other = try train("b")
    #expect(one.steps == 1)
    #expect(other.steps == 1000)
  }
}
