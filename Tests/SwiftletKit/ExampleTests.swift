import Datasets
import Foundation
import Inference
import SwiftletKit
import TestSupport
import Testing
import Training

/// The listings of docs/library.md, compiled and run: `DocumentationTests` holds the two together.
struct ExampleTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("names.safetensors")
  }

  /// A small model at `path`.
  private func trainQuickly() throws {
    let corpus = try Corpus(contentsOf: "corpora/names.txt")
    let trainer = try Trainer(
      .microgpt, tokenizer: CharacterTokenizer(training: corpus.documents), corpus: corpus)
    try trainer.run()
    try trainer.model.save(to: path)
  }

  @Test func `training`() throws {
    let corpus = try Corpus(contentsOf: "corpora/names.txt")
    let tokenizer = try CharacterTokenizer(training: corpus.documents)
    let trainer = try Trainer(tokenizer: tokenizer, corpus: corpus, seed: 42)
    try trainer.run()
    try trainer.model.save(to: path)
    #expect(try Model.load(path).configuration.embedding == 64)
  }

  @Test func `recipes and progress`() throws {
    let corpus = try Corpus(contentsOf: "corpora/names.txt")
    let tokenizer = try CharacterTokenizer(training: corpus.documents)
    var recipe = Recipe.microgpt
    recipe.steps = 300
    recipe.batch = 8
    recipe.holdout = .count(200)
    let trainer = try Trainer(recipe, tokenizer: tokenizer, corpus: corpus)
    var scores: [Double] = []
    var early: [String] = []
    let isTooLate = false
    try trainer.run { step in
      if let score = step.score { scores.append(score.natsPerToken) }
      if step.number == 100 { early = try trainer.presentModel.samples(3) }
    } until: {
      isTooLate
    }
    #expect(trainer.step == 300)
    #expect(try #require(scores.min()) < 2.8)
    #expect(early.count == 3)
    #expect(try early != trainer.presentModel.samples(3))
  }

  @Test func `sampling`() throws {
    try trainQuickly()
    let model = try Model.load(path)
    for name in try model.samples(20, temperature: 0.5) { print(name) }

    var options = SamplingOptions(temperature: 0.8, seed: 7)
    options.topP = 0.95
    for sample in try model.samples(0..<10, options, prompt: "jo") where sample.isComplete {
      print(sample.text, sample.tokens.count, model.isNew(sample.text) ?? true)
    }

    var new: [String] = []
    var series = try SampleSeries(of: model, options)
    series.leavesOutKnown = true
    series.leavesOutRepeated = true
    while series.found < 20, let sample = try series.next() { new.append(sample.text) }
    #expect(new.count == 20 && Set(new).count == 20)
    #expect(new.allSatisfy { model.isNew($0) == true })

    for piece in try model.stream(prompt: "ma") { print(piece, terminator: "") }
    #expect(try model.stream(prompt: "ma").joined() == model.samples(1, prompt: "ma")[0])
  }

  @Test func `scoring`() throws {
    try trainQuickly()
    let model = try Model.load(path)
    let score = try model.score("anna")
    print(score.natsPerToken, score.bitsPerByte ?? 0)
    let odd = try model.scores(["anna", "bob", "xqzj"]).max { $0.natsPerToken < $1.natsPerToken }
    #expect(odd?.natsPerToken == (try model.score("xqzj").natsPerToken))
  }

  @Test func `many tasks use one model`() async throws {
    try trainQuickly()
    let model = try Model.load(path)
    let texts = try await withThrowingTaskGroup(of: [String].self) { group in
      for seed in UInt64(0)..<8 {
        group.addTask { try model.samples(50, seed: seed) }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    let alone = try (UInt64(0)..<8).flatMap { try model.samples(50, seed: $0) }
    #expect(texts.sorted() == alone.sorted())
    let scores = try await withThrowingTaskGroup(of: [Double].self) { group in
      for _ in 0..<4 { group.addTask { try model.scores(alone).map(\.total) } }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(scores.count == 1)
  }

  @Test func `a tokenizer of ones own`() throws {
    let corpus = try Corpus(["anna", "bob"])
    let path = folder.path("loud")
    do {
      let registry = TokenizerRegistry(kinds: TokenizerRegistry.standard.kinds + [LoudTokenizer.self])
      let tokenizer = try registry.train("loud", on: corpus.documents)
      var recipe = Recipe.microgpt
      recipe.steps = 1
      try Trainer(recipe, tokenizer: tokenizer, corpus: corpus).model.save(to: path)
      let model = try Model.load(path, tokenizers: registry)
      #expect(type(of: model.tokenizer) == LoudTokenizer.self)
      #expect(try model.score("anna").total == model.score("ANNA").total)
    }
    #expect(throws: TokenizerError.self) { try Model.load(path) }
  }
}

/// Characters, all of them capitals.
private struct LoudTokenizer: Tokenizer {
  static let name = "loud"
  static let summary = "What is shouted."
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

  func changed(_ text: Span<UInt8>) throws(TokenizerError) -> [UInt8]? {
    Array(String(decoding: text.indices.map { text[$0] }, as: UTF8.self).uppercased().utf8)
  }

  func cut(_ text: Span<UInt8>, into tokens: inout [TokenID]) throws(TokenizerError) {
    try characters.encode(text, into: &tokens)
  }

  func decode(_ tokens: Span<TokenID>) -> [UInt8] { characters.decode(tokens) }
}
