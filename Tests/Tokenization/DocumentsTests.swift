import Testing
import Tokenization

@Suite struct DocumentsTests {
  /// A large corpus has several blocks of memory. A text in the wrong place would be trained on twice or not at all.
  @Test func `texts of many blocks keep their order`() throws {
    var documents = Documents()
    let sizes = (0..<40).map { [0, 5_000_000, 33_554_432, 1, 12_345][$0 % 5] }
    for (index, size) in sizes.enumerated() { documents.append(Array(repeating: UInt8(index), count: size).span) }
    #expect(documents.count == sizes.count && documents.byteCount == sizes.reduce(0, +))
    for (index, size) in sizes.enumerated() {
      #expect(documents.byteCount(of: index) == size && documents[index].count == size)
      #expect(documents[index].first == (size == 0 ? nil : UInt8(index)))
    }
    let copy = documents
    let numbers = try documents.mapReduce(into: [(UInt8, Int)](), threads: 2) { chunk throws(TokenizerError) in
      var found: [(UInt8, Int)] = []
      try chunk.forEachText { text throws(TokenizerError) in found.append((text.isEmpty ? 0 : text[0], text.count)) }
      return found
    } combine: {
      $0 += $1
    }
    #expect(numbers.map(\.1) == sizes)
    #expect(numbers.enumerated().allSatisfy { $0.element.1 == 0 || Int($0.element.0) == $0.offset })
    #expect(copy[1].count == 5_000_000, "the text of a copy is not freed")
    #expect(Documents(["a", "bc"]) == Documents(["a", "bc"]) && Documents(["a", "bc"]) != Documents(["ab", "c"]))
  }
}
