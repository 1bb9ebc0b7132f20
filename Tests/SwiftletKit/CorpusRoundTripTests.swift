import Foundation
import Support
import SwiftletKit
import TestSupport
import Testing
import Tokenization

/// Every corpus of Swiftlet, encoded and decoded by every tokenizer.
struct CorpusRoundTripTests {
  private static let folder = URL(filePath: #filePath).appending(path: "../../../corpora").standardized

  private static let corpora: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return names.filter { $0.hasSuffix(".txt") }.sorted()
  }()

  private static func documents(_ name: String) throws -> Documents {
    let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    return Documents(text.split(separator: "\n").map(String.init))
  }

  @Test func `there are corpora`() {
    #expect(Self.corpora.contains("names.txt") && Self.corpora.contains("sentences.txt") && Self.corpora.count > 5)
  }

  @Test(arguments: corpora, TokenizerRegistry.standard.kinds.map { $0.name })
  func `every document is restored`(corpus: String, kind: String) throws {
    let documents = try Self.documents(corpus)
    let tokenizer = try TokenizerRegistry.standard.train(kind, on: documents)
    let encoded = try tokenizer.encode(documents, threads: 2)
    #expect(encoded.count == documents.count)
    #expect(tokenizer.unknown == nil)
    for index in 0..<documents.count {
      #expect(
        tokenizer.decode(encoded[index]) == Array(try tokenizer.normalized(documents.text(index)).utf8),
        "document \(index)")
    }
    #expect(tokenizer.warnings == [])
    let sample = stride(from: 0, to: documents.count, by: max(1, documents.count / 200)).map(documents.text)
    try checkConformance(of: tokenizer, on: sample)
  }

  /// Two sizes are easy to verify: 26 letters, and the number of different words between spaces.
  @Test(arguments: [("names.txt", "character", 26), ("sentences.txt", "word", 596)])
  func `vocabularies have the sizes that can be checked by hand`(corpus: String, kind: String, size: Int) throws {
    let documents = try Self.documents(corpus)
    #expect(try TokenizerRegistry.standard.train(kind, on: documents).vocabulary.count == size)
  }

  /// The word tokenizer predicts spaces, so ordinary texts should need few explicit ones.
  @Test func `prose needs few explicit spaces`() throws {
    let documents = try Self.documents("sentences-punctuated.txt")
    let tokenizer = try TokenizerRegistry.standard.train("word", on: documents)
    let encoded = try tokenizer.encode(documents)
    let explicit = ["", " "].compactMap { tokenizer.vocabulary.id(of: $0) }
    let share = Double(encoded.tokens.count(where: explicit.contains)) / Double(encoded.tokens.count)
    #expect(share < 0.01)
  }
}
