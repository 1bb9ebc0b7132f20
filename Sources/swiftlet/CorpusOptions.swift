import CommandOptions
import Datasets
import Training

/// How files become documents, and which of them are held out.
struct CorpusOptions: ParsableArguments {
  @Option(default: "lines; what .json and .jsonl hold", help: "How a file divides into documents.")
  var documents: DocumentForm?
  @Flag(help: "Replace what is not UTF-8 by U+FFFD, and count it, instead of refusing it.") var lossy
  @Option(help: "The order in which documents are learned from.") var order = DocumentOrder.shuffled
  @Option(
    default: "a tenth, at most 1000",
    help: "What is held out to score the model on: a part such as 0.1, a number of documents, or another file.")
  var validation: Validation?
  @Option(in: .atLeast(1), default: "20 times a run", help: "After how many steps the held-out documents are scored.")
  var evaluateEvery: Int?
  @Option(in: .atLeast(1), default: "no end", help: "After how many scores without improvement training ends.")
  var patience: Int?

  func apply(to recipe: inout Recipe) {
    recipe.order = order
    switch validation {
    case .part(let part): recipe.holdout = part
    case .file: recipe.holdout = .separate
    case nil: break
    }
    if let evaluateEvery { recipe.evaluateEvery = evaluateEvery }
    if let patience { recipe.patience = patience }
  }
}

extension DocumentForm: ExpressibleByArgument {
  package init?(argument: String) {
    switch argument {
    case "lines": self = .lines
    case "paragraphs": self = .paragraphs
    case "whole": self = .whole
    case "json": self = .json(field: nil)
    default:
      guard argument.hasPrefix("json:"), argument.count > 5 else { return nil }
      self = .json(field: String(argument.dropFirst(5)))
    }
  }

  package static var valueName: String { "lines|paragraphs|whole|json:FIELD" }
  package static var expectation: String { "must be lines, paragraphs, whole, json or json:FIELD" }
}

/// The documents that a model is scored on.
enum Validation: ExpressibleByArgument {
  case part(Holdout)
  case file(String)

  init?(argument: String) {
    if let count = Int(argument) {
      guard count >= 0 else { return nil }
      self = .part(count == 0 ? .none : .count(count))
    } else if let fraction = Double(argument) {
      guard fraction >= 0 && fraction < 1 else { return nil }
      self = .part(fraction == 0 ? .none : .fraction(fraction))
    } else {
      guard !argument.isEmpty else { return nil }
      self = .file(argument)
    }
  }

  static var valueName: String { "FRACTION|COUNT|FILE" }
  static var expectation: String { "must be a part from 0 to below 1, a number of documents, or a file" }
}
