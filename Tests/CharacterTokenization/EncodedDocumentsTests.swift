import CharacterTokenization
import Testing
import Tokenization

struct EncodedDocumentsTests {
  private let documents = Documents((0..<40_000).map { String(repeating: "abc", count: $0 % 7) })

  @Test(arguments: [1, 3])
  func `encoded documents keep their order`(threads: Int) throws {
    let tokenizer = try CharacterTokenizer(training: documents)
    let encoded = try tokenizer.encode(documents, threads: threads)
    #expect(encoded.count == documents.count)
    var expected: [TokenID] = []
    for index in 0..<documents.count {
      let tokens = try tokenizer.encode(documents.text(index))
      #expect(Array(encoded.tokens[encoded.range(index)]) == tokens)
      expected += tokens
    }
    #expect(encoded.tokens == expected)
  }

  /// Whichever thread finds an error first, the user sees the first one in the text.
  @Test(arguments: [1, 2, 4]) func `the first error in the text is reported`(threads: Int) throws {
    let tokenizer = try CharacterTokenizer(training: Documents(["abc"]))
    var texts = (0..<90_000).map { _ in "abcabcabc" }
    for index in stride(from: 20_000, to: 90_000, by: 7) { texts[index] = "ab?" }
    let error = #expect(throws: TokenizerError.self) { try tokenizer.encode(Documents(texts), threads: threads) }
    #expect(error?.description.hasPrefix("document 20001: “?” at byte 2") == true)
  }

  @Test func `no documents and empty documents are encoded`() throws {
    let tokenizer = try CharacterTokenizer(training: Documents(["abc"]))
    #expect(try tokenizer.encode(Documents()).tokens == [])
    let encoded = try tokenizer.encode(Documents(["", "", "ab"]), threads: 2)
    #expect(encoded.ends == [0, 0, 2])
  }
}
