import GPT
import ModelFiles
import NGrams
import PageModel
import StrictJSON
import Testing
import Tokenization

/// If these fail, a page computes with another model than it was made of.
@Suite("A page has the whole model inside")
struct PageContentsTests {
  private func file(_ change: (inout ModelShape) -> Void) throws -> ModelFile {
    var shape = ModelShape()
    (shape.embedding, shape.heads, shape.context) = (8, 2, 16)
    change(&shape)
    let tokens = ["a", "b", "\n", "cd", ""].map { Array($0.utf8) }
    let training: JSON = ["result": ["begins_at_lines": true]]
    return ModelFile(
      weights: Weights(try Configuration(shape, vocabulary: 6), seed: 1),
      tokenizer: TokenizerDescription(
        name: "word", version: 2, settings: ["locale": "sv", "keep": "a+"],
        vocabulary: try #require(Vocabulary(tokens))),
      training: try #require(training.object))
  }

  private func contents(_ file: ModelFile, _ precision: Precision) throws -> (PageContents, [UInt8]) {
    let bytes = try PageModel(of: file, unsampled: [], title: "model", precision: precision).contents
    return (try PageContents(bytes), bytes)
  }

  @Test(arguments: Precision.allCases)
  func `the parts are those of the model`(_ precision: Precision) throws {
    let file = try file {
      ($0.activation, $0.positions, $0.finalNorm) = (.squaredRelu, .rotary, true)
      ($0.bigrams, $0.trigrams, $0.cutoffs) = (20, 30, [2, 4])
    }
    let (contents, _) = try contents(file, precision)
    #expect(contents.weights == (precision == .half ? try #require(file.roundedToHalf) : file).weights)
    #expect(contents.tokenizer.name == "word" && contents.tokenizer.version == 2)
    #expect(contents.tokenizer.vocabulary == file.tokenizer.vocabulary)
    #expect(Set(contents.tokenizer.settings.map { "\($0.name)=\($0.value)" }) == ["locale=sv", "keep=a+"])
    #expect(contents.lineBreakBeforeTexts == 2)
    #expect(contents.memory == nil && contents.known == nil)
  }

  @Test func `the training texts and a memory are there`() throws {
    var file = try file { _ in }
    file.documents = DocumentFingerprints(unsorted: [DocumentFingerprints.hash([0x61].span)])
    var tables = NGramMemory.Tables()
    (tables.tokens, tables.shares, tables.followerCounts, tables.backoffs) = ([0, 3], [0, 9], [2], [100])
    file.memory = MixedMemory(try #require(NGramMemory(tables, vocabulary: 6)), Mixture(share: 0.3, sharpness: 1.25))
    let (contents, _) = try contents(file, .single)
    #expect(contents.memory == file.memory)
    #expect(contents.known?.contains([0x61].span) == true && contents.known?.contains([0x62].span) == false)
  }

  @Test func `bytes that were cut off are refused`() throws {
    let (_, bytes) = try contents(try file { _ in }, .half)
    for count in bytes.indices {
      #expect(throws: PageModelError.self) { try PageContents(Array(bytes[..<count])) }
    }
  }
}
