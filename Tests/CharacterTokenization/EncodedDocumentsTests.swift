import CharacterTokenization
import Synchronization
import Testing
import Tokenization

struct EncodedDocumentsTests {
  private let documents = Documents((0..<40_000).map { String(repeating: "abc", count: $0 % 7) })

  @Test(arguments: [1, 3])
  func `documents stand in order`(threads: Int) throws {
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

  @Test func `progress reaches the end`() throws {
    let furthest = Mutex(0)
    let tokenizer = try CharacterTokenizer(training: documents)
    _ = try tokenizer.encode(documents, threads: 2) { bytes in furthest.withLock { $0 = max($0, bytes) } }
    #expect(furthest.withLock { $0 } == documents.byteCount)
  }

  /// Whichever thread finds an error first, the person hears of the first place in the text.
  @Test(arguments: [1, 2, 4]) func `the first error of the text is the one that is told`(threads: Int) throws {
    let tokenizer = try CharacterTokenizer(training: Documents(["abc"]))
    var texts = (0..<90_000).map { _ in "abcabcabc" }
    for index in stride(from: 20_000, to: 90_000, by: 7) { texts[index] = "ab?" }
    let error = #expect(throws: TokenizerError.self) { try tokenizer.encode(Documents(texts), threads: threads) }
    #expect(error?.description.hasPrefix("document 20001: “?” at byte 2") == true)
  }

  @Test func `no documents and empty documents are fine`() throws {
    let tokenizer = try CharacterTokenizer(training: Documents(["abc"]))
    #expect(try tokenizer.encode(Documents()).tokens == [])
    let encoded = try tokenizer.encode(Documents(["", "", "ab"]), threads: 2)
    #expect(encoded.ends == [0, 0, 2])
  }
}
