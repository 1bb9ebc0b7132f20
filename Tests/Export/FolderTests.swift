import Export
import Foundation
import GPT
import ModelFiles
import StrictJSON
import Support
import SwiftletKit
import TestSupport
import Testing
import Tokenization
import TrainingEngine

/// Training continued in PyTorch is lost if the folder cannot be imported.
@Suite("A model can be exported to a folder and imported")
struct FolderTests {
  let folder: TemporaryFolder
  let model: Model

  init() throws {
    folder = try TemporaryFolder()
    model = try Self.model(of: ["anna", "bob", "eve"], "character")
  }

  static func model(of texts: [String], _ tokenizer: String, _ settings: [String: String] = [:]) throws -> Model {
    let corpus = try Corpus(texts)
    let tokenizer = try TokenizerRegistry.standard.train(tokenizer, on: corpus.documents, settings: settings)
    var recipe = Recipe.microgpt
    (recipe.steps, recipe.shape.embedding, recipe.shape.heads) = (1, 4, 2)
    return try Trainer(recipe, tokenizer: tokenizer, corpus: corpus).model
  }

  private func export(_ model: Model) throws -> [String] {
    try PyTorchFolder(folder.url.path).write(model.file, model.tokenizer)
  }

  private func json(_ name: String) throws -> JSON {
    try JSON(parsing: String(decoding: try folder.contents(name), as: UTF8.self))
  }

  @Test func `weights and tokenizer survive export and import`() throws {
    _ = try export(model)
    let back = try PyTorchFolder(folder.url.path).read()
    #expect(back.weights == model.file.weights)
    #expect(back.tokenizer == model.file.tokenizer)
    #expect(back.training["imported"] == .object(model.file.training))
  }

  private func portable() throws -> ModelFile {
    var shape = ModelShape()
    (shape.positions, shape.finalNorm, shape.activation, shape.layers) = (.rotary, true, .squaredRelu, 2)
    var weights = Weights(try Configuration(shape, vocabulary: model.tokenizer.vocabulary.count + 1), seed: 3)
    // Rows of all lengths, which the norm of the embeddings removes.
    for index in weights.tensors[0].indices {
      weights.tensors[0][index] *= [0, 1e-3, 1, 30, 1000][index / shape.embedding % 5]
    }
    return ModelFile(weights: weights, tokenizer: model.file.tokenizer, training: ["seed": 3])
  }

  /// The export normalizes embeddings, so that they do not come back to the bit. Everything else does.
  @Test func `a model for Transformers comes back with the same results`() throws {
    let file = try portable()
    let exported = TransformersFolder(folder.url.path)
    #expect(!exported.isPresent)
    _ = try exported.write(file, model.tokenizer, name: "names")
    #expect(exported.isPresent && exported.isFree)
    let back = try exported.read()
    #expect(back.tokenizer == file.tokenizer && back.training == ["imported": ["seed": 3]])
    for (shape, (old, new)) in zip(file.configuration.tensors, zip(file.weights.tensors, back.weights.tensors)) {
      #expect(shape.name == "wte" || old == new, "\(shape.name)")
    }
    var batch = Batch()
    batch.append([6, 0, 1, 2, 3, 4, 5, 6], weight: 1)
    let before = FastEngine(weights: file.weights).logits(of: batch)
    let after = FastEngine(weights: back.weights).logits(of: batch)
    let largest = before.map(\.magnitude).max() ?? 0
    let worst = zip(before, after).map { ($0 - $1).magnitude }.max() ?? 0
    print("logits after export and import differ by \(worst / largest) of the largest")
    #expect(worst <= 1e-5 * largest)
    let again = try TemporaryFolder()
    _ = try TransformersFolder(again.url.path).write(back, model.tokenizer, name: "names")
    #expect(try TransformersFolder(again.url.path).read().weights.tensors[1] == file.weights.tensors[1])
  }

  @Test func `a changed card is kept`() throws {
    let file = try portable()
    let exported = TransformersFolder(folder.url.path)
    _ = try exported.write(file, model.tokenizer, name: "`a|b`\n")
    let card = String(decoding: try folder.contents("README.md"), as: UTF8.self)
    #expect(
      card.hasPrefix("---\nlicense: unknown\n") && card.contains("# `'a'b'\\n`\n") && card.contains("| seed |") == false
    )
    _ = try exported.write(file, model.tokenizer, name: "`a|b`\n")
    #expect(try !folder.names.contains("README.md.previous"))
    try folder.write("README.md", "mine")
    _ = try exported.write(file, model.tokenizer, name: "names")
    #expect(try folder.contents("README.md.previous") == Data("mine".utf8))
  }

  @Test func `weights that were trained elsewhere take the folder's tokenizer`() throws {
    _ = try export(model)
    let other = ModelFile(
      weights: Weights(model.configuration, seed: 7), tokenizer: model.file.tokenizer, training: JSON.Object())
    let elsewhere = try TemporaryFolder()
    _ = try PyTorchFolder(elsewhere.url.path).write(other, model.tokenizer)
    let back = try PyTorchFolder(folder.url.path).read(weights: elsewhere.path("model.safetensors"))
    #expect(back.weights == other.weights)
  }

  @Test func `weights of another shape are refused with both shapes`() throws {
    _ = try export(model)
    let other = try Self.model(of: ["anna", "bob", "eve", "zoe"], "character")
    let elsewhere = try TemporaryFolder()
    _ = try PyTorchFolder(elsewhere.url.path).write(other.file, other.tokenizer)
    let error = #expect(throws: ModelError.self) {
      try PyTorchFolder(folder.url.path).read(weights: elsewhere.path("model.safetensors"))
    }
    #expect(error?.description.contains("wte is shaped [8, 4], and its configuration demands [7, 4]") == true)
  }

  @Test(arguments: [
    ("{", "does not describe a model"), ("[]", "must be an object"), ("{}", #""configuration" is missing"#),
    (#"{"configuration": {"layers": 1}, "tokenizer": {}}"#, #""embedding" is missing"#),
  ])
  func `an invalid description is refused`(text: String, sentence: String) throws {
    _ = try export(model)
    try folder.write("config.json", text)
    let error = #expect(throws: (any Error).self) { try PyTorchFolder(folder.url.path).read() }
    #expect(error.map { "\($0)" }?.contains(sentence) == true)
  }

  @Test func `a changed model py is kept`() throws {
    _ = try export(model)
    try folder.write("model.py", "mine")
    _ = try export(model)
    #expect(try folder.contents("model.py.previous") == Data("mine".utf8))
    #expect(
      try folder.names == ["config.json", "model.py", "model.py.previous", "model.safetensors", "tokenizer.json"])
  }

  @Test func `words between single spaces have a tokenizer json, others have none`() throws {
    let plain = try Self.model(of: ["the cat sat", "don't sit"], "word")
    #expect(try export(plain).contains { $0.contains("tokenizer.json") } == false)
    #expect(
      try json("config.json").object?["text"] == [
        "cut": "words", "between": " ", "normal_form": "nfc", "lowercase": false, "unknown": .null,
      ])
    for texts in [["the cat, sat"], ["我爱北京"], ["a  b"]] {
      let other = try Self.model(of: texts, "word")
      try FileManager.default.removeItem(atPath: folder.path("tokenizer.json"))
      #expect(try export(other)[0].contains("There is no tokenizer.json"))
      #expect(try folder.names.contains("tokenizer.json") == false)
      try folder.write("tokenizer.json", "")
    }
  }

  /// Repaired, the two tokens would have one spelling, and each program would choose another of them.
  @Test func `tokens that are not text are not spelled`() throws {
    var tokenizer = model.file.tokenizer
    tokenizer.vocabulary = try #require(Vocabulary([[0x61], [0xFE], [0xFF]]))
    var shape = ModelShape()
    (shape.positions, shape.finalNorm, shape.activation) = (.rotary, true, .squaredRelu)
    let file = ModelFile(
      weights: Weights(try Configuration(shape, vocabulary: 4), seed: 1), tokenizer: tokenizer, training: JSON.Object())
    let other = try Model(file)
    #expect(try export(other)[0].contains("There is no tokenizer.json"))
    let elsewhere = try TemporaryFolder()
    let refused = #expect(throws: ExportError.self) {
      try TransformersFolder(elsewhere.url.path).write(file, other.tokenizer, name: "other")
    }
    #expect(refused?.description.contains("cannot split text as this model's character tokenizer does") == true)
    #expect(try elsewhere.names.isEmpty)
    let error = #expect(throws: ExportError.self) {
      try GGUFModel(of: file, other.tokenizer, name: "other", type: .single)
    }
    #expect(error?.description == "the token 1 is not valid UTF-8, and llama.cpp has texts as tokens.")
  }

  @Test func `every byte has its own spelling in tokenizer json`() throws {
    let model = try Self.model(of: ["é 🙂\u{1}"], "character", ["unit": "byte"])
    _ = try export(model)
    let vocabulary = try json("tokenizer.json").object?["model"]?.object?["vocab"]?.object
    #expect(vocabulary?.members.count == model.tokenizer.vocabulary.count)
    #expect(vocabulary?["Ġ"] != nil)
  }
}
