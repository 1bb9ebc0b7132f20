import CharacterTokenization
import Datasets
import Testing
import Training

@Suite struct SuggestedRecipeTests {
  private func encode(_ texts: [String]) throws -> EncodedCorpus {
    let corpus = try Corpus(texts)
    return try EncodedCorpus(corpus, with: CharacterTokenizer(training: corpus.documents))
  }

  @Test func `the context holds almost every document`() throws {
    for (length, context) in [(1, 8), (7, 8), (8, 16), (40, 48), (63, 64), (64, 64), (5000, 64)] {
      var texts = Array(repeating: String(repeating: "x", count: length), count: 100)
      #expect(try Recipe.suggested(for: encode(texts)).shape.context == context, "documents of \(length)")
      texts[0] = String(repeating: "x", count: 500)
      #expect(
        try Recipe.suggested(for: encode(texts)).shape.context == context,
        "one long document does not change the context")
    }
  }

  @Test func `overrides are kept and the other settings follow from them`() throws {
    let corpus = try encode((0..<10_000).map { "n\($0)" })
    let standard = Recipe.suggested(for: corpus)
    #expect(standard.batch == 32 && standard.steps == 2500 && standard.warmup == 125 && standard.evaluateEvery == 125)
    func suggested(_ choose: (inout RecipeOverrides) -> Void) -> Recipe {
      var overrides = RecipeOverrides()
      choose(&overrides)
      return Recipe.suggested(for: corpus, overrides)
    }
    let wide = suggested { $0[\.shape.embedding] = 512 }
    #expect(
      wide.shape.embedding == 512 && wide.shape.layers == 1 && wide.steps < standard.steps / 4 && wide.steps >= 200)
    let chosen = suggested {
      $0[\.steps] = 40
      $0[\.batch] = 8
      $0[\.evaluateEvery] = 7
      $0[\.holdout] = Holdout.none
    }
    #expect(chosen.steps == 40 && chosen.batch == 8 && chosen.evaluateEvery == 7 && chosen.holdout == .none)
    #expect(chosen.warmup == 2 && chosen.learningRate == 0.003)
    let long = suggested { $0[\.steps] = 5000 }
    #expect(long.warmup == 250 && long.evaluateEvery == 250 && long.ngramDropout >= standard.ngramDropout)
    #expect(long.tokenNoise > standard.tokenNoise && standard.tokenNoise > 0)
  }

  @Test func `much text gets more layers if time permits`() throws {
    let corpus = try encode(Array(repeating: String(repeating: "x", count: 200), count: 5000))
    let shapes = [3, 60, 600].map { seconds in
      let recipe = Recipe.suggested(for: corpus, seconds: seconds)
      return [recipe.shape.layers, recipe.shape.context]
    }
    #expect(shapes == [[1, 64], [3, 128], [3, 128]])
    var overrides = RecipeOverrides()
    overrides[\.shape.layers] = 1
    let chosen = Recipe.suggested(for: corpus, seconds: 60, overrides)
    #expect(chosen.shape.layers == 1 && chosen.shape.context == 128)
    #expect(Recipe.suggested(for: try encode(["little", "text"]), seconds: 600).shape.layers == 2)
  }

  /// The smallest corpora must train too.
  @Test(arguments: [["a"], ["a", "b"], [""] + Array(repeating: "abc", count: 12)])
  func `tiny corpora have a valid recipe`(texts: [String])
    throws
  {
    let corpus = try encode(texts)
    let recipe = Recipe.suggested(for: corpus)
    #expect(recipe.steps == 200)
    try recipe.check()
    _ = try recipe.configuration(vocabulary: corpus.vocabulary)
  }
}
