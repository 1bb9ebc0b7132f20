import CharacterTokenization
import Datasets
import Testing
import Tokenization
import Training

@Suite struct EncodedCorpusTests {
  /// A corpus takes one, two or four bytes per token. The model must get the tokens of the tokenizer in any case.
  @Test(arguments: [20, 300, 70_000], [1, 2]) func `packing changes no token`(characters: Int, threads: Int) throws {
    let scalars = (0x4E00..<0x9FFF).map { $0 } + (0x20000..<0x2A6D0).map { $0 } + (0x2A700..<0x2EBE0).map { $0 }
    let alphabet = scalars.prefix(characters).compactMap(Unicode.Scalar.init).map { String(Character($0)) }
    let texts = stride(from: 0, to: alphabet.count, by: 9).map { alphabet[$0..<min($0 + 9, alphabet.count)].joined() }
    let corpus = try Corpus(texts)
    let tokenizer = try CharacterTokenizer(training: corpus.documents)
    let encoded = try EncodedCorpus(corpus, with: tokenizer, threads: threads)
    #expect(encoded.vocabulary == characters + 1)
    #expect(encoded.tokenCount == characters)
    #expect(encoded.documentCount == texts.count)

    var recipe = Recipe.small
    recipe.holdout = .none
    recipe.order = .file
    recipe.shape.context = 16
    recipe.batch = 1
    recipe.steps = texts.count
    let run = try TinyRun(recipe, texts: texts)
    let engine = NullEngine(run.beginning.weights, run.beginning.moments)
    let trainer = try Trainer(recipe, TrainingData(encoded, recipe), from: run.beginning) { _, _ in engine }
    try trainer.run()
    let boundary = Int32(characters)
    for (text, batch) in zip(texts, engine.batches) {
      let tokens = try tokenizer.encode(text)
      guard batch.inputs == [boundary] + tokens && batch.targets == tokens + [boundary] else {
        Issue.record("\(text) became \(batch.inputs) and \(batch.targets)")
        return
      }
    }
  }

  @Test func `an unknown token is an error that names its document`() throws {
    let corpus = try Corpus(["anna", "bob", "zoe"])
    let tokenizer = try CharacterTokenizer(training: Documents(["anna", "bob"]))
    let error = #expect(throws: TokenizerError.self) { try EncodedCorpus(corpus, with: tokenizer) }
    #expect("\(try #require(error))".hasPrefix("document 3: “z”"))
  }
}
