import CharacterTokenization
import Export
import StrictJSON
import SwiftletKit
import TestSupport
import Testing
import Tokenization

/// Without this, a new tokenizer would need changes in `Export`, or would be exported as a tokenizer that it is not.
@Suite("A tokenizer from outside the package is exported by its own rule")
struct ExportRuleTests {
  private let folder: TemporaryFolder
  private let registry = TokenizerRegistry(kinds: [
    Runes<Declared>.self, Runes<Undeclared>.self, Runes<Spaces>.self,
  ])

  init() throws { folder = try TemporaryFolder() }

  /// Trains a tiny model, saves it, and reads it with the registry of these tests.
  private func model(_ tokenizer: String) throws -> Model {
    let corpus = try Corpus(["anna", "bób", "eve"])
    var recipe = Recipe.microgpt
    (recipe.steps, recipe.shape.embedding, recipe.shape.heads) = (1, 4, 2)
    let path = folder.path("model")
    try Trainer(recipe, tokenizer: registry.train(tokenizer, on: corpus.documents), corpus: corpus).model.write(
      to: path)
    return try Model(contentsOf: path, tokenizers: registry)
  }

  private func export(_ model: Model) throws -> (notes: [String], text: JSON?) {
    let notes = try PyTorchFolder(folder.path("pytorch")).write(model.file, model.tokenizer)
    let config = try JSON(parsing: String(decoding: folder.contents("pytorch/config.json"), as: UTF8.self))
    return (notes, config.object?["text"])
  }

  @Test func `a declared rule is in the folder`() throws {
    let model = try model("declared")
    let (notes, text) = try export(model)
    #expect(!notes.contains { $0.contains("tokenizer.json") })
    #expect(
      text == ["cut": "characters", "between": "", "normal_form": "nfkc", "lowercase": true, "unknown": .null])
    let json = try JSON(parsing: String(decoding: folder.contents("pytorch/tokenizer.json"), as: UTF8.self)).object
    #expect(json?["normalizer"]?.object?["normalizers"] == [["type": "NFKC"], ["type": "Lowercase"]])
    #expect(json?["model"]?.object?["vocab"]?.object?.members.count == model.tokenizer.vocabulary.count)
  }

  /// The engine of the page has the tokenizers of this package alone.
  @Test(arguments: ["declared", "undeclared", "spaces"]) func `there is no page`(_ tokenizer: String) throws {
    let model = try model(tokenizer)
    let error = #expect(throws: ExportError.self) { try Playground(of: model, title: "runes") }
    #expect(
      error?.description.hasPrefix("the page cannot tokenize text as the tokenizer \"\(tokenizer)\" does") == true)
  }

  @Test func `without a rule there is a folder without tokenizer json`() throws {
    let model = try model("undeclared")
    let (notes, text) = try export(model)
    #expect(notes[0].hasPrefix("There is no tokenizer.json"))
    #expect(notes[0].contains("this model's undeclared tokenizer"))
    #expect(text?.object?["cut"] == .null)
    #expect(try folder.names(in: "pytorch").sorted() == ["config.json", "model.py", "model.safetensors"])
  }

  @Test func `words between spaces are in the folder`() throws {
    let model = try model("spaces")
    #expect(try export(model).text?.object?["cut"] == "words")
    #expect(try folder.names(in: "pytorch").contains("tokenizer.json"))
  }
}

/// The name and the export rule of a tokenizer.
private protocol Declaration {
  static var name: String { get }
  static var rule: ExportRule? { get }
}

private enum Declared: Declaration {
  static let name = "declared"
  static let rule: ExportRule? = ExportRule(splitting: .scalars, normalForm: .nfkc, lowercases: true)
}

private enum Undeclared: Declaration {
  static let name = "undeclared"
  static let rule: ExportRule? = nil
}

private enum Spaces: Declaration {
  static let name = "spaces"
  static let rule: ExportRule? = ExportRule(splitting: .spaces, joiner: " ")
}

/// One token for each Unicode scalar.
private struct Runes<Kind: Declaration>: Tokenizer {
  static var name: String { Kind.name }
  static var summary: String { "One token for each Unicode scalar." }
  static var settings: [TokenizerSetting] { [] }

  private let characters: CharacterTokenizer

  init(training documents: Documents, settings: [String: String]) throws(TokenizerError) {
    characters = try CharacterTokenizer(training: documents, settings: ["unit": "scalar"])
  }

  init(_ description: TokenizerDescription) throws(TokenizerError) {
    var description = description
    description.name = CharacterTokenizer.name
    characters = try CharacterTokenizer(description)
  }

  var description: TokenizerDescription {
    var description = characters.description
    description.name = Self.name
    return description
  }

  var vocabulary: Vocabulary { characters.vocabulary }
  var exportRule: ExportRule { Kind.rule ?? ExportRule() }

  func normalized(_ text: Span<UInt8>) throws(TokenizerError) -> [UInt8]? { try characters.normalized(text) }

  func encodeNormalized(_ text: Span<UInt8>, into tokens: inout [TokenID]) throws(TokenizerError) {
    try characters.encodeNormalized(text, into: &tokens)
  }

  func decode(_ tokens: Span<TokenID>) -> [UInt8] { characters.decode(tokens) }
}
