import CommandOptions
import Datasets
import Training

/// The documents of a corpus, and those that are held out.
struct CorpusOptions: ParsableArguments {
  @Option(
    default: "lines; the strings of .json and .jsonl",
    help: """
      The division of a file into documents. FIELD may be user.name or messages[].content, COLUMN genre,title, and CHAT \
      whatsapp, telegram or discord: the messages of an export, or with whatsapp:NAME that person's answers.
      """)
  var documents: DocumentForm?
  @Flag(help: "Replace bytes that are not UTF-8 by U+FFFD and count them, instead of refusing them.") var lossy
  @Option(
    default: "a tenth, at most 1000; none of fewer than 100",
    help: "The held-out documents: a fraction such as 0.1 or 10%, a number of documents, or another file.")
  var validation: Validation?
  @Option(
    in: .atLeast(1), default: "a twentieth of all", help: "The number of steps between scores of held-out documents.")
  var evaluateEvery: Int?
  @Option(
    in: .atLeast(1), default: "no limit", help: "The number of scores without improvement after which training ends.")
  var patience: Int?

  var overrides: RecipeOverrides {
    var overrides = RecipeOverrides()
    switch validation {
    case .part(let part): overrides[\.holdout] = part
    case .file: overrides[\.holdout] = .separate
    case nil: break
    }
    overrides[\.evaluateEvery] = evaluateEvery
    if let patience { overrides[\.patience] = patience }
    return overrides
  }
}

extension DocumentForm: ExpressibleByArgument {
  package init?(argument: String) {
    switch argument {
    case "lines": self = .lines
    case "paragraphs": self = .paragraphs
    case "whole": self = .whole
    case "json": self = .json(field: nil)
    case "csv": self = .csv(column: nil)
    case "tsv": self = .tsv(column: nil)
    default:
      if let export = ChatExport(rawValue: argument) {
        self = .chat(export, answersBy: nil)
        return
      }
      let parts = argument.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      switch parts[0] {
      case "json": self = .json(field: String(parts[1]))
      case "csv": self = .csv(column: String(parts[1]))
      case "tsv": self = .tsv(column: String(parts[1]))
      case let name:
        guard let export = ChatExport(rawValue: String(name)) else { return nil }
        self = .chat(export, answersBy: String(parts[1]))
      }
    }
  }

  package static var valueName: String {
    "lines|paragraphs|whole|json:FIELD|csv:COLUMN|tsv:COLUMN|CHAT"
  }
  package static var expectation: String {
    "must be lines, paragraphs, whole, json, json:FIELD, csv:COLUMN, tsv:COLUMN, whatsapp, telegram or discord"
  }
}

/// The documents that are held out.
enum Validation: ExpressibleByArgument {
  case part(Holdout)
  case file(String)

  init?(argument: String) {
    if let count = Int(argument) {
      guard count >= 0 else { return nil }
      self = .part(count == 0 ? .none : .count(count))
    } else if let fraction = Fraction(argument: argument) {
      guard fraction >= 0 && fraction < 1 else { return nil }
      self = .part(fraction == 0 ? .none : .fraction(fraction.value))
    } else {
      guard !argument.isEmpty else { return nil }
      self = .file(argument)
    }
  }

  static var valueName: String { "FRACTION|COUNT|FILE" }
  static var expectation: String { "must be a fraction from 0 to below 1 or 100%, a number of documents, or a file" }
}
