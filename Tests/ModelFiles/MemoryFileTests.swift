import Files
import GPT
import ModelFiles
import NGrams
import StrictJSON
import TestSupport
import Testing
import Tokenization

/// The n-gram memory in a model file.
@Suite struct MemoryFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func model() throws -> ModelFile {
    var model = try sampleModel()
    let memory = NGramMemory([5, 0, 1, 2, 5, 0, 1, 5, 3, 4, 4, 5], vocabulary: 6, byteLimit: .max)
    model.memory = MixedMemory(memory, Mixture(share: 0.25, sharpness: 1.5))
    return model
  }

  @Test func `a memory is read as it was written`() throws {
    let model = try model()
    try model.write(to: folder.path("model"))
    #expect(try ModelFile(contentsOf: folder.path("model")) == model)
    let tensors = try SafetensorsFile(InputFile(folder.path("model"))).tensors.map(\.name)
    #expect(tensors.filter { $0.hasPrefix("memory.") }.count == 4)
  }

  /// Numbers are stored in one, two or four bytes.
  @Test(arguments: [6, 255, 256, 257, 65_535, 65_536, 65_537]) func `memories of all widths`(vocabulary: Int) throws {
    let configuration = try Configuration(layers: 1, embedding: 2, heads: 1, context: 3, vocabulary: vocabulary)
    let tokens = try #require(Vocabulary((0..<vocabulary - 1).map { Array("\($0)".utf8) }))
    let last = TokenID(vocabulary - 1)
    var text = [last, 0, last - 1, 2, last]
    for token in 0..<last { text += [token, last] }
    let model = ModelFile(
      weights: Weights(configuration, seed: 1),
      tokenizer: TokenizerDescription(name: "character", version: 1, settings: [:], vocabulary: tokens), training: [:],
      memory: MixedMemory(NGramMemory(text, order: 3, vocabulary: vocabulary, byteLimit: .max), .typical))
    try model.write(to: folder.path("model"))
    #expect(try ModelFile(contentsOf: folder.path("model")).memory == model.memory)
  }

  /// At 256 tokens, a number of followers no longer fits a byte.
  @Test(arguments: [255, 256, 257]) func `a memory in a file is no larger than its limit`(vocabulary: Int) throws {
    let configuration = try Configuration(layers: 1, embedding: 2, heads: 1, context: 3, vocabulary: vocabulary)
    let tokens = try #require(Vocabulary((0..<vocabulary - 1).map { Array("\($0)".utf8) }))
    let text = (0..<20_000).map { TokenID($0 * $0 / 7 % (vocabulary - 1)) }
    let limit = 20_000
    let model = ModelFile(
      weights: Weights(configuration, seed: 1),
      tokenizer: TokenizerDescription(name: "character", version: 1, settings: [:], vocabulary: tokens), training: [:],
      memory: MixedMemory(NGramMemory(text, vocabulary: vocabulary, byteLimit: limit), .typical))
    try model.write(to: folder.path("model"))
    let entries = try SafetensorsFile(InputFile(folder.path("model"))).tensors
    let size = entries.filter { $0.name.hasPrefix("memory.") }.reduce(0) { $0 + $1.range.count }
    #expect(size <= limit && size > limit / 3)
  }

  @Test func `every changed or missing byte of a memory is noticed`() throws {
    try model().write(to: folder.path("model"))
    let bytes = Array(try folder.contents("model"))
    let file = try SafetensorsFile(InputFile(bytes, named: "x"))
    let size = file.tensors.filter { $0.name.hasPrefix("memory.") }.reduce(0) { $0 + $1.range.count }
    try #require(size > 50)
    for index in bytes.count - size..<bytes.count {
      for bit in 0..<8 {
        var changed = bytes
        changed[index] ^= 1 << bit
        let error = #expect(throws: ModelError.self) { _ = try ModelFile(InputFile(changed, named: "x")) }
        #expect(error?.description.contains("its n-gram memory is damaged") == true)
      }
      #expect(throws: ModelError.self) { _ = try ModelFile(InputFile(Array(bytes[..<index]), named: "x")) }
    }
  }

  /// Each change keeps the length of the header.
  @Test(
    arguments: [
      ("0.25", "1.25", #"its memory: "share" is 1.25; it must be above 0 and below 1"#),
      ("0.25", "0.00", #"its memory: "share" is 0.0; it must be above 0 and below 1"#),
      ("1.5", "0.0", #"its memory: "sharpness" is 0.0; it must be above 0 and at most 16"#),
      ("1.5", "9e9", #"its memory: "sharpness" is 9000000000.0; it must be above 0 and at most 16"#),
      ("share", "shard", "its memory: "), ("memory.shares", "memory.sharts", "memory.shares is missing"),
      (#""memory":"#, #""remory":"#, "its memory: "), (#""U8","shape":["#, #""I8","shape":["#, "must be a list of U8"),
    ])
  func `a header that fits no memory`(old: String, new: String, sentence: String) throws {
    try model().write(to: folder.path("model"))
    var bytes = Array(try folder.contents("model"))
    let position = try #require(bytes.firstRange(of: Array(old.utf8)))
    bytes.replaceSubrange(position, with: new.utf8)
    let error = #expect(throws: ModelError.self) { _ = try ModelFile(InputFile(bytes, named: "x")) }
    #expect(error?.description.contains(sentence) == true, "\(String(describing: error))")
  }
}
