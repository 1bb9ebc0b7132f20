import CommandOptions
import Datasets
import Inference
import NGrams
import Support
import SwiftletKit
import Tokenization
import UnicodeRules

/// The search of `swiftlet sample` for texts that none of its options exclude.
final class SampleSearch {
  private let command: SampleCommand
  private let count: Int
  private var series: SampleSeries
  private var quoteCount = 0
  /// What to know about --corpus before the first text.
  private(set) var sentences: [String] = []

  /// - Parameter willJudge: Called with every text that is generated; an error that it throws ends the search.
  init(for command: SampleCommand, in model: Model, willJudge: @escaping () throws -> Void = {}) throws {
    self.command = command
    count = command.count
    let pattern = try command.match.map(Self.pattern)
    if command.novel && model.file.documents == nil {
      throw Failure(
        .badData,
        "--novel needs a record of the training data, and \(command.model) has none: train it again with this version."
      )
    }
    series = try SampleSeries(
      of: model, options: command.choices.options, prompt: command.prompt ?? "", stop: command.stop,
      expecting: count, threads: command.threads)
    series.excludesTrainingTexts = command.novel
    series.excludesDuplicates = command.unique
    let quotes = try quotes(in: model)
    series.isWanted = { [unowned self] sample in
      try willJudge()
      if let pattern, try !pattern.matches(Array(sample.text.utf8).span) { return false }
      guard let quotes, quotes.hasRun(sample.tokens) else { return true }
      quoteCount += 1
      return false
    }
  }

  /// The number of texts returned.
  var found: Int { series.found }

  /// The next text; `nil` after as many as requested, and where the search had to be given up.
  func next() throws -> Sample? { series.found < count ? try series.next() : nil }

  /// The number of texts that were left out because of --max-quote.
  var quotesSentence: String? {
    guard let maxQuote = command.maxQuote, quoteCount > 0 else { return nil }
    return "skipped \(quoteCount.of("text")) with more than \(maxQuote.of("token")) in a row from --corpus."
  }

  /// The number of texts in which --match found something.
  var matchSentence: String? {
    guard command.match != nil else { return nil }
    return "found \(series.found.of("text")) that \(series.found == 1 ? "matches" : "match") in "
      + "\(series.attempts.grouped) \(series.attempts == 1 ? "try" : "tries")."
  }

  /// The failure of a search that was given up.
  var failure: Failure? { series.found < count ? tooFew : nil }

  /// The runs of tokens that a text may not have.
  private func quotes(in model: Model) throws -> TokenRuns? {
    guard let maxQuote = command.maxQuote, let corpus = command.corpus else { return nil }
    let texts = try Corpus(contentsOf: [corpus], as: command.documents)
    do {
      let (runs, unknown) = try model.runs(of: maxQuote + 1, in: texts.documents)
      if unknown > 0 {
        sentences.append(
          "\(unknown.of("text")) of --corpus \(unknown == 1 ? "has" : "have") characters or words that the "
            + "model does not know; quotes from \(unknown == 1 ? "it are" : "them are") not found.")
      }
      return runs
    } catch let error as TokenizerError {
      throw texts.places.located(error)
    }
  }

  /// The failure of a search that had to be given up.
  private var tooFew: Failure {
    let found = series.found == 0 ? "none" : "only \(series.found.grouped)"
    let wanted = [
      command.novel ? "new" : nil, command.unique ? "unique" : nil, command.match == nil ? nil : "matching",
      command.maxQuote == nil ? nil : "unquoted",
    ]
    .compactMap(\.self).joined(separator: " and ")
    let fix =
      command.match != nil
      ? "a --prompt that matches begin with, another --match or a higher --temperature finds more."
      : command.maxQuote != nil
        ? "a larger --max-quote or a higher --temperature finds more."
        : "a higher --temperature or another --seed gives others."
    return Failure(
      .fewerTexts,
      "found \(found) of the \(count.grouped) \(wanted) texts requested, in \(series.attempts.grouped) tries; \(fix)")
  }

  /// The regular expression of --match.
  private static func pattern(_ text: String) throws -> RegularExpression {
    do throws(TokenizerError) {
      return try RegularExpression(text, for: "match", example: "^jo|son$")
    } catch .badSetting(_, _, let remedy) {
      throw ValidationError("--match \(text): \(remedy)")
    }
  }
}
