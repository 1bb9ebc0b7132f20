import Support
import Tokenization

/// The places of documents in the files that they were read from.
package struct DocumentPlaces: Sendable {
  /// The part of a file, or of the texts of a program, that a document is.
  package enum Unit: String, Sendable {
    case line, element, message, text
  }

  /// Consecutive documents of a file, one from each of consecutive lines or elements.
  private struct Run {
    let firstDocument: Int
    let path: String
    let unit: Unit
    /// The number of the first document's line or element, counted from 1.
    let firstNumber: Int
  }

  private var runs: [Run] = []

  /// The file that is read, and the line or element of it from which the next documents come.
  var path = ""
  var unit = Unit.line
  var number = 1

  /// Records the place of `document`, the next one.
  mutating func append(_ document: Int) {
    if let last = runs.last, last.unit == unit, last.path == path,
      last.firstNumber - last.firstDocument == number - document
    {
      return
    }
    runs.append(Run(firstDocument: document, path: path, unit: unit, firstNumber: number))
  }

  /// The unit and the number of a document's place; `nil` if it was not read from a file.
  package func place(of document: Int) -> (unit: Unit, number: Int)? {
    run(of: document).map { ($0.unit, $0.firstNumber + document - $0.firstDocument) }
  }

  /// The place of a document in words: `names.txt, line 3`.
  package func sentence(of document: Int) -> String {
    guard let run = run(of: document) else { return "document \(document + 1)" }
    return "\(run.path.escapingInvisibles), \(run.unit.rawValue) \(run.firstNumber + document - run.firstDocument)"
  }

  /// Returns the error with the place of its document in words.
  package func located(_ error: TokenizerError) -> TokenizerError {
    guard case .inDocument(let document, let error) = error, run(of: document) != nil else { return error }
    return .inFile(sentence(of: document), error)
  }

  private func run(of document: Int) -> Run? {
    var (run, end) = (0, runs.count)
    while end - run > 1 {
      let middle = (run + end) / 2
      if runs[middle].firstDocument <= document { run = middle } else { end = middle }
    }
    return runs.isEmpty ? nil : runs[run]
  }
}
