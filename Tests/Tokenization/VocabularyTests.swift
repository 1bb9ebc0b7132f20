import Testing
import Tokenization

struct VocabularyTests {
  @Test func `entries are found by number and by bytes`() throws {
    let entries = (0..<5000).map { Array("entry \($0)".utf8) }
    let vocabulary = try #require(Vocabulary(entries))
    #expect(vocabulary.count == 5000)
    for (index, entry) in entries.enumerated() {
      #expect(vocabulary.id(of: entry.span) == TokenID(index))
      #expect(Array(vocabulary[TokenID(index)].indices).count == entry.count)
    }
    #expect(vocabulary.id(of: Array("entry 5000".utf8).span) == nil)
  }

  /// With `String` keys these two would be one entry, and one spelling would be lost.
  @Test func `canonically equivalent spellings are different entries`() {
    var vocabulary = Vocabulary()
    #expect(vocabulary.append(Array("à".utf8).span) == 0)
    #expect(vocabulary.append(Array("a\u{300}".utf8).span) == 1)
  }

  @Test func `a duplicate entry is refused`() {
    #expect(Vocabulary([[97], [98], [97]]) == nil)
  }
}
