import CharacterTokenization
import Datasets
import Foundation
import Testing
import Training

@Suite struct SuggestedRecipeTests {
  private func encode(_ texts: [String]) throws -> EncodedCorpus {
    let corpus = try Corpus(texts)
    return try EncodedCorpus(corpus, with: CharacterTokenizer(training: corpus.documents))
  }

  @Test func `the context holds almost every document`() throws {
    var overrides = RecipeOverrides()
    overrides[\.shape.layers] = 1
    for (length, context) in [(1, 8), (7, 8), (8, 16), (40, 48), (63, 64), (64, 64), (5000, 64)] {
      var texts = Array(repeating: String(repeating: "x", count: length), count: 100)
      #expect(try Recipe.suggested(for: encode(texts), overrides).shape.context == context, "documents of \(length)")
      texts[0] = String(repeating: "x", count: 500)
      #expect(
        try Recipe.suggested(for: encode(texts), overrides).shape.context == context,
        "one long document does not change the context")
    }
  }

  @Test func `overrides are kept and the other settings follow from them`() throws {
    let corpus = try encode((0..<10_000).map { "n\($0)" })
    let standard = Recipe.suggested(for: corpus)
    func suggested(_ choose: (inout RecipeOverrides) -> Void) -> Recipe {
      var overrides = RecipeOverrides()
      choose(&overrides)
      return Recipe.suggested(for: corpus, overrides)
    }
    let wide = suggested { $0[\.shape.embedding] = 512 }
    #expect(wide.shape.embedding == 512 && wide.shape.heads == 32 && wide.steps < standard.steps)
    #expect(wide.learningRate < standard.learningRate)
    let chosen = suggested {
      $0[\.steps] = 40
      $0[\.batch] = 8
      $0[\.evaluateEvery] = 7
      $0[\.holdout] = Holdout.none
    }
    #expect(chosen.steps == 40 && chosen.batch == 8 && chosen.evaluateEvery == 7 && chosen.holdout == .none)
    #expect(chosen.warmup == 2 && chosen.optimizer == .adam, "40 tokens are too few for Muon")
    let long = suggested { $0[\.steps] = 2 * standard.steps }
    #expect(long.warmup == long.steps / 20 && long.evaluateEvery == long.steps / 20)
    #expect(long.tokenNoise >= standard.tokenNoise && standard.tokenNoise > 0)
    let odd = suggested {
      $0[\.shape.embedding] = 15
      $0[\.shape.heads] = 3
    }
    #expect(odd.shape.positions == .learned, "rotary positions need heads of an even size")
    for embedding in 1...80 {
      let recipe = suggested { $0[\.shape.embedding] = embedding }
      _ = try recipe.configuration(vocabulary: corpus.vocabulary)
    }
  }

  /// Answers to questions need two layers and many epochs.
  @Test func `a short list of sentences is learned by heart`() throws {
    func suggested(_ texts: [String], compute: Double = Recipe.ordinaryCompute) throws -> Recipe {
      try Recipe.suggested(for: encode(texts), compute: compute)
    }
    let sentences = (0..<200).map { "What is after \($0)? It is \($0 + 1)." }
    let few = try suggested(Array(sentences.prefix(50)))
    #expect((few.shape.layers, few.shape.embedding) == (2, 64))
    #expect(few.steps == 1000 && few.tokenNoise == 0)
    #expect(try suggested(sentences).steps < 1000, "of more texts a tenth is held out")
    #expect(try suggested((0..<50).map { "n\($0)" }).steps < 1000, "names")
    let hurried = try suggested(Array(sentences.prefix(50)), compute: 1e9)
    #expect(hurried.shape.layers == 1, "there is no time for more")
  }

  /// More time makes a larger model, until the corpus is too small for it. No step up in time is a step down in size or
  /// in tokens.
  @Test(arguments: [30, 3000, 100_000]) func `the model grows with the time`(documents: Int) throws {
    let corpus = try encode((0..<documents).map { "the \($0 * 7919 % 100_003)th of many documents" })
    let output = OutputCost(corpus)
    var weights = 0.0
    var tokens = 0.0
    for exponent in 0...40 {
      let compute = 1e9 * pow(1.4142, Double(exponent))
      let recipe = Recipe.suggested(for: corpus, compute: compute)
      try recipe.check()
      let size = recipe.shape.weightsPerToken(output)
      #expect(size >= weights)
      #expect(recipe.steps <= recipe.mostSteps(for: corpus))
      if size == weights { #expect(Double(recipe.steps * recipe.batch) >= 0.9 * tokens) }
      (weights, tokens) = (size, Double(recipe.steps * recipe.batch))
    }
    let rich = Recipe.suggested(for: corpus, compute: 1e18)
    let richer = Recipe.suggested(for: corpus, compute: 1e19)
    #expect(rich == richer, "beyond some time, more of it changes nothing")
  }

  /// Where the networks become larger, the epochs become fewer.
  @Test(arguments: [100, 3000, 30_000]) func `more time never means fewer networks`(documents: Int) throws {
    for text in ["name", "the description of a thing that has a name, "] {
      let corpus = try encode((0..<documents).map { "\(text)\($0 * 7919 % 100_003)" })
      let members = (0...80).map { Recipe.suggested(for: corpus, compute: 1e8 * pow(1.2, Double($0))).shape.members }
      #expect(members == members.sorted(), "\(members)")
      #expect(Set(members) == [1, 2])
    }
  }

  /// The smallest corpora must train too.
  @Test(arguments: [["a"], ["a", "b"], [""] + Array(repeating: "abc", count: 12)])
  func `tiny corpora have a valid recipe`(texts: [String])
    throws
  {
    let corpus = try encode(texts)
    let recipe = Recipe.suggested(for: corpus)
    #expect(recipe.steps == 100)
    try recipe.check()
    _ = try recipe.configuration(vocabulary: corpus.vocabulary)
  }
}
