import CommandOptions
import StrictJSON
import Support
import SwiftletKit
import Tokenization

extension LibraryModel {
  /// Generates texts with the options of `swiftlet sample`, as a JSON array.
  ///
  /// - Returns: The texts, and the failure of a search that found fewer than requested.
  package func sample(_ options: [String], _ observer: CallObserver) throws -> (json: String, failure: Failure?) {
    let (command, model) = try sampling(options)
    for sentence in try command.sentences(for: model) { observer.note?(sentence) }
    let watch = SearchWatch(observer, count: command.count)
    let search = try SampleSearch(for: command, in: model, willJudge: watch.check)
    for sentence in search.sentences { observer.note?(sentence) }
    // Only the text of the array is kept, because there may be millions.
    var array = "["
    while let sample = try search.next() {
      let text: JSON = [
        "text": .string(sample.text), "complete": .bool(sample.isComplete),
        "novel": model.isNew(sample.text).map(JSON.bool) ?? .null,
      ]
      array += (watch.found == 0 ? "" : ",") + text.text()
      watch.found += 1
    }
    for sentence in [search.quotesSentence, search.failure == nil ? search.matchSentence : nil].compactMap(\.self) {
      observer.note?(sentence)
    }
    return (array + "]", search.failure)
  }

  /// Prepares a text that is generated piece by piece, with the options of `swiftlet sample`.
  package func stream(_ options: [String], _ observer: CallObserver) throws -> LibraryStream {
    let (command, model) = try sampling(options + ["stream=true"])
    for sentence in try command.sentences(for: model) { observer.note?(sentence) }
    return LibraryStream(
      try model.pieces(0, options: command.choices.options, prompt: command.prompt ?? "", stop: command.stop))
  }

  private func sampling(_ options: [String]) throws -> (SampleCommand, Model) {
    let words = try SampleCommand.words(options, refusing: ["json"], because: "the texts are returned")
    let command = try SampleCommand.parsed(["the model"] + words)
    return (command, try command.reading.adjusted(model, named: "the model"))
  }

  /// Scores texts with the options of `swiftlet score`, as a JSON array.
  package func score(_ texts: TextList, _ options: [String]) throws -> String {
    let words = try ScoreCommand.words(
      options, refusing: ["json", "summary", "sort", "top", "documents"], because: "the scores are returned")
    let command = try ScoreCommand.parsed(["the model"] + words)
    let model = try command.reading.adjusted(model, named: "the model")
    do {
      let judgments = try model.judgments(
        of: texts.documents, 0..<texts.documents.count, keepingTokens: command.perToken, threads: command.threads)
      let documents = try judgments.enumerated().map { index, judgment in
        if command.unknown == .error, case .unknown(_, let error) = judgment {
          throw TokenizerError.inDocument(index, error)
        }
        return judgment.document(of: texts.documents.text(index), showsTokens: command.perToken)
      }
      return JSON.array(documents).text()
    } catch TokenizerError.inDocument(let index, let error) {
      throw TokenizerError.inDocument(texts.first + index, error)
    }
  }

  /// The tokens of the first text, as a JSON array of their numbers and texts.
  package func tokens(of texts: TextList) throws -> String {
    let tokenizer = model.tokenizer
    let text = texts.documents.isEmpty ? "" : texts.documents.text(0)
    let list = try tokenizer.encode(text).map { token -> JSON in
      ["id": .integer(token), "text": .string(tokenizer.vocabulary.text(token))]
    }
    return JSON.array(list).text()
  }
}

/// Texts that a program passes, all of which are kept.
package struct TextList {
  let first: Int
  private(set) var documents = Documents()

  /// - Parameter first: The number of the first text, counted from 0, for error sentences.
  package init(first: Int = 0) { self.first = first }

  /// Adds a text.
  package mutating func append(_ text: Span<UInt8>) throws {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: text)
    } catch {
      throw TokenizerError.inDocument(
        first + documents.count, .invalidUTF8(offset: error.byteOffsets.lowerBound))
    }
    documents.append(text)
  }
}

/// A text that is generated piece by piece.
package final class LibraryStream {
  private let pieces: TextPieces

  init(_ pieces: TextPieces) { self.pieces = pieces }

  /// The next piece, or `nil` at the end of the text.
  package func next() throws -> String? { try pieces.next() }
}

/// Reports a search to the observer of the call, and ends it where the observer asks for it.
private final class SearchWatch {
  var found = 0
  private let observer: CallObserver
  private let count: Int
  private let start = ContinuousClock.now
  private var due = ContinuousClock.now.advanced(by: CallObserver.interval)

  init(_ observer: CallObserver, count: Int) {
    self.observer = observer
    self.count = count
  }

  func check() throws {
    guard let progress = observer.progress else { return }
    let now = ContinuousClock.now
    guard now >= due else { return }
    let seconds = start.duration(to: now) / .seconds(1)
    let left = seconds / Double(max(1, found)) * Double(count - found)
    guard progress(CallProgress(step: found, steps: count, seconds: seconds, secondsLeft: left)) else {
      throw Failure(.interrupted, "stopped after \(found.of("text")) of \(count.grouped).")
    }
    due = .now.advanced(by: CallObserver.interval)
  }
}
