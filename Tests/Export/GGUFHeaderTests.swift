import Export
import Files
import Foundation
import GPT
import ModelFiles
import StrictJSON
import Support
import SwiftletKit
import TestSupport
import Testing
import Tokenization

/// A program that reads the file believes its header. One that lies makes it read beyond the end, or another network.
@Suite("The header of a file for llama.cpp says what the file has")
struct GGUFHeaderTests {
  /// Models of random sizes, with tokens and notes that people would not choose.
  @Test func `whatever the model has`() throws {
    let seed = UInt64.random(in: .min ... .max)
    var random = RandomSource(seed: seed)
    var written = 0
    for _ in 0..<150 {
      let model = try randomModel(&random)
      let name = randomText(&random)
      let type = WeightType.allCases[random.integer(below: 3)]
      let tokenizer = try TokenizerRegistry.standard.restore(model.tokenizer)
      guard let file = try? GGUFModel(of: model, tokenizer, name: name, type: type) else { continue }
      let folder = try TemporaryFolder()
      let output = try AtomicFile(replacing: folder.path("model.gguf"))
      try output.write(file)
      try output.commit()
      try check(Header(of: folder.contents("model.gguf")), of: model, name, "seed \(seed)")
      written += 1
    }
    #expect(written > 50)
  }

  private func randomModel(_ random: inout RandomSource) throws -> ModelFile {
    var shape = ModelShape()
    (shape.positions, shape.finalNorm, shape.activation) = (.rotary, true, .squaredRelu)
    shape.heads = 1 + random.integer(below: 4)
    shape.embedding = shape.heads * 2 * (1 + random.integer(below: 20))
    (shape.layers, shape.context) = (1 + random.integer(below: 3), 2 + random.integer(below: 5000))
    let texts = (0..<6).map { _ in randomText(&random) }
    let kinds: [(String, [String: String])] = [
      ("character", [:]), ("character", ["unit": "byte"]), ("word", ["spaces": "attached"]), ("bpe", ["merges": "9"]),
    ]
    let (kind, settings) = kinds[random.integer(below: kinds.count)]
    let tokenizer = try TokenizerRegistry.standard.train(kind, on: Documents(texts + ["a"]), settings: settings)
    let configuration = try Configuration(shape, vocabulary: tokenizer.vocabulary.count + 1)
    return ModelFile(
      weights: Weights(configuration, seed: 1), tokenizer: tokenizer.description,
      training: ["files": .array(texts.map(JSON.string)), "GGUF": .integer(UInt64.max)])
  }

  private func check(_ header: Header, of model: ModelFile, _ name: String, _ comment: Comment) {
    let configuration = model.configuration
    let sizes = [
      "block_count": configuration.layers, "embedding_length": configuration.embedding,
      "feed_forward_length": configuration.hidden, "attention.head_count": configuration.heads,
      "attention.head_count_kv": configuration.heads, "context_length": configuration.context,
      "rope.dimension_count": configuration.headSize, "vocab_size": configuration.vocabulary,
    ]
    for (key, size) in sizes { #expect(header.values["arcee.\(key)"] as? Int == size, "\(key), \(comment)") }
    #expect((header.values["general.name"] as? String)?.utf8.elementsEqual(name.utf8) == true, comment)
    let tokens = header.values["tokenizer.ggml.tokens"] as? [any Sendable]
    #expect(tokens?.count == configuration.vocabulary, comment)
    #expect(Set((tokens ?? []).compactMap { ($0 as? String).map { Array($0.utf8) } }).count == tokens?.count, comment)
    #expect(header.values["tokenizer.ggml.eos_token_id"] as? Int == configuration.vocabulary - 1, comment)
    let matrices = configuration.tensors.map { [$0.columns, $0.rows] }
    let norms = Array(repeating: [configuration.embedding], count: 2 * configuration.layers + 1)
    let wanted = (matrices + norms).map { "\($0)" }.sorted()
    #expect(header.shapes.map { "\($0)" }.sorted() == wanted, comment)
    #expect(header.isWhole, comment)
  }
}

/// The header of such a file, read by its specification alone.
private struct Header {
  private(set) var values: [String: any Sendable] = [:]
  private(set) var shapes: [[Int]] = []
  /// True if the tensors follow each other up to the end of the file.
  private(set) var isWhole = true

  private let data: Data
  private var position = 4

  init(of data: Data) throws {
    self.data = data
    try #require(data.prefix(4) == Data("GGUF".utf8))
    #expect(try number(4) == 3)
    let (tensors, keys) = (try number(8), try number(8))
    for _ in 0..<keys {
      let key = try text()
      let value = try value(of: number(4))
      #expect(values.updateValue(value, forKey: key) == nil)
    }
    var places: [(offset: Int, size: Int)] = []
    for _ in 0..<tensors {
      _ = try text()
      let shape = try (0..<number(4)).map { _ in try number(8) }
      let (type, count) = (try number(4), shape.reduce(1, *))
      try #require(type != 8 || shape[0].isMultiple(of: 32))
      shapes.append(shape)
      places.append((try number(8), type == 0 ? 4 * count : type == 1 ? 2 * count : count / 32 * 34))
    }
    var end = 0
    for place in places {
      isWhole = isWhole && place.offset == end
      end = (place.offset + place.size + 31) / 32 * 32
    }
    isWhole = isWhole && (position + 31) / 32 * 32 + end == data.count
  }

  private mutating func number(_ size: Int) throws -> Int {
    try #require(position + size <= data.count)
    defer { position += size }
    return data[position..<position + size].reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  private mutating func text() throws -> String {
    let count = try number(8)
    try #require(position + count <= data.count)
    defer { position += count }
    return String(decoding: data[position..<position + count], as: UTF8.self)
  }

  private mutating func value(of type: Int) throws -> any Sendable {
    switch type {
    case 4, 5, 6: return try number(4)
    case 7: return try number(1)
    case 8: return try text()
    default:
      try #require(type == 9)
      let (type, count) = (try number(4), try number(8))
      return try (0..<count).map { _ in try value(of: type) }
    }
  }
}
