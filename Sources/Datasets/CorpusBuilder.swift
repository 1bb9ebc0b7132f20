import Support
import Tokenization

/// The texts of a program, which adds them in parts to make a corpus. Blank ones are counted and left out.
///
///     var texts = CorpusBuilder()
///     try texts.append(bytes.span)
///     let corpus = try texts.makeCorpus()
package struct CorpusBuilder: Sendable {
  private var reader = CorpusReader(isLossy: false)

  package init() {
    (reader.places.path, reader.places.unit, reader.places.number) = ("the corpus", .text, 0)
  }

  /// Adds a text.
  ///
  /// - Throws: `CorpusError` if it is not UTF-8, or if memory does not hold it.
  package mutating func append(_ text: Span<UInt8>) throws(CorpusError) {
    reader.places.number += 1
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: text)
    } catch {
      throw CorpusError("Text \(reader.places.number) is not UTF-8 from byte \(error.byteOffsets.lowerBound) on.")
    }
    try reader.appendUnlessBlank(text)
    try reader.checkRoom("the corpus")
  }

  /// Returns the corpus of all texts.
  package consuming func makeCorpus() throws(CorpusError) -> Corpus {
    guard !reader.documents.isEmpty else {
      throw CorpusError("The corpus holds no text: there must be at least one text that is not blank.")
    }
    return try Corpus(reader, of: ["the corpus"])
  }
}
