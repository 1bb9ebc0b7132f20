import SwiftletKit
import Testing

/// The listings of “Generate and score text”.
struct SamplingExamples {
  private let workspace: Workspace
  private let path: String

  init() throws {
    workspace = try Workspace()
    path = workspace.path
  }

  @Test func `sampling`() async throws {
    try workspace.trainQuickly()
    let model = try Model(contentsOf: path)
    for name in try model.samples(count: 20, temperature: 0.5) { print(name) }

    let options = SamplingOptions(temperature: 0.8, topP: 0.95, seed: 7)
    for sample in try model.samples(0..<10, options: options, prompt: "jo") where sample.isComplete {
      print(sample.text, sample.tokens.count, model.isNew(sample.text) ?? true)
    }

    var new: [String] = []
    var series = try SampleSeries(of: model, options: options)
    series.excludesTrainingTexts = true
    series.excludesDuplicates = true
    while series.found < 20, let sample = try series.next() { new.append(sample.text) }
    #expect(new.count == 20 && Set(new).count == 20)
    #expect(new.allSatisfy { model.isNew($0) == true })

    for try await piece in model.stream(prompt: "ma") { print(piece, terminator: "") }
    let streamed = try await model.stream(prompt: "ma").reduce("", +)
    #expect(try streamed == model.samples(count: 1, prompt: "ma")[0].text)
  }

  /// The listing of docs/examples.md.
  @Test func `answers of a server`() async throws {
    let corpus = try Corpus(repeatElement("User: who barks? Assistant: the dog", count: 50))
    var recipe = Recipe.microgpt
    recipe.shape.context = 40
    let trainer = try Trainer(recipe, tokenizer: CharacterTokenizer(training: corpus.documents), corpus: corpus)
    try trainer.model.write(to: path)
    let model = try Model(contentsOf: path)

    @Sendable func answer(_ line: String, send: (String) async throws -> Void) async throws {
      // The first piece is the prompt.
      for try await piece in model.stream(prompt: "User: \(line) Assistant:").dropFirst() { try await send(piece) }
    }
    var text = ""
    try await answer("who barks?") { text += $0 }
    let whole = try model.samples(count: 1, prompt: "User: who barks? Assistant:")[0].text
    #expect(whole == "User: who barks? Assistant:" + text)
  }

  @Test func `scoring`() throws {
    try workspace.trainQuickly()
    let model = try Model(contentsOf: path)
    let score = try model.score(of: "anna")
    print(score.natsPerToken, score.bitsPerByte ?? 0)
    let odd = try model.scores(of: ["anna", "bob", "xqzj"]).max { $0.natsPerToken < $1.natsPerToken }
    #expect(odd?.natsPerToken == (try model.score(of: "xqzj").natsPerToken))
  }

  @Test func `many tasks use one model`() async throws {
    try workspace.trainQuickly()
    let model = try Model(contentsOf: path)
    let texts = try await withThrowingTaskGroup(of: [String].self) { group in
      for seed in UInt64(0)..<8 {
        group.addTask { try model.samples(count: 50, seed: seed).map(\.text) }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    let alone = try (UInt64(0)..<8).flatMap { try model.samples(count: 50, seed: $0).map(\.text) }
    #expect(texts.sorted() == alone.sorted())
    let scores = try await withThrowingTaskGroup(of: [Double].self) { group in
      for _ in 0..<4 { group.addTask { try model.scores(of: alone).map(\.total) } }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(scores.count == 1)
  }
}
