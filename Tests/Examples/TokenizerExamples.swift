import SwiftletKit
import Testing

/// The listings of “Choose a tokenizer”.
struct TokenizerExamples {
  private let workspace: Workspace
  private let path: String

  init() throws {
    workspace = try Workspace()
    path = workspace.path
  }

  @Test func `every tokenizer`() throws {
    let corpus = try Corpus(["mary ann", "ann mary"])
    let characters = try CharacterTokenizer(training: corpus.documents)
    let words = try WordTokenizer(training: corpus.documents)
    let pairs = try BytePairTokenizer(training: corpus.documents, settings: ["merges": "100"])
    for tokenizer in [characters, words, pairs] as [any Tokenizer] {
      let tokens = try tokenizer.encode("mary ann")
      print(tokens, tokenizer.text(of: tokens))
    }
    #expect(try words.text(of: words.encode("mary ann")) == "mary ann")
  }

  @Test func `a custom tokenizer`() throws {
    let corpus = try Corpus(["anna", "bob"])
    let path = workspace.path("loud")
    do {
      let registry = TokenizerRegistry(kinds: TokenizerRegistry.standard.kinds + [LoudTokenizer.self])
      let tokenizer = try registry.train("loud", on: corpus.documents)
      var recipe = Recipe.microgpt
      recipe.steps = 1
      try Trainer(recipe, tokenizer: tokenizer, corpus: corpus).model.write(to: path)
      let model = try Model(contentsOf: path, tokenizers: registry)
      #expect(type(of: model.tokenizer) == LoudTokenizer.self)
      #expect(try model.score(of: "anna").total == model.score(of: "ANNA").total)
    }
    #expect(throws: TokenizerError.self) { try Model(contentsOf: path) }
  }
}

/// One token for each character of the upper-case text.
private struct LoudTokenizer: Tokenizer {
  static let name = "loud"
  static let summary = "One token for each upper-case character."
  static let settings: [TokenizerSetting] = []

  private let characters: CharacterTokenizer

  init(training documents: Documents, settings: [String: String]) throws(TokenizerError) {
    let texts = (0..<documents.count).map { documents.text($0).uppercased() }
    characters = try CharacterTokenizer(training: Documents(texts), settings: settings)
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

  func normalized(_ text: Span<UInt8>) throws(TokenizerError) -> [UInt8]? {
    Array(String(decoding: text.indices.map { text[$0] }, as: UTF8.self).uppercased().utf8)
  }

  func encodeNormalized(_ text: Span<UInt8>, into tokens: inout [TokenID]) throws(TokenizerError) {
    try characters.encode(text, into: &tokens)
  }

  func decode(_ tokens: Span<TokenID>) -> [UInt8] { characters.decode(tokens) }
}
