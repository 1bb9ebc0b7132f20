import CharacterTokenization
import Datasets
import Foundation
import GPT
import StrictJSON
import Testing
import Training
import WordTokenization

/// Suggested recipes against `Tests/Golden/suggested-recipes.txt`. If one of them changes, the same command trains
/// another model than in the version before.
///
/// Each line has a corpus, the compute, the overrides and the recipe; with overrides, only the differences from the
/// recipe without any.
@Suite struct SuggestedRecipeGoldenTests {
  private static func corpus(_ name: String) throws -> EncodedCorpus {
    switch name {
    case "tiny": try byCharacter(["anna", "bob", "carla", "dan", "eve", "frank", "gina", "hal", "ida", "jo"])
    case "names": try byCharacter((0..<6000).map { index in "n\(index * 7919 % 100_003)" })
    case "lines":
      try byCharacter((0..<1500).map { index in String(repeating: "line \(index) ", count: 1 + index % 40) })
    case "large": try byCharacter((0..<9000).map { index in String(repeating: "abc\(index) ", count: 16 + index % 5) })
    default: try byWord((0..<3000).map { "the number \($0 % 500) is a large one of \($0 % 7) numbers" })
    }
  }

  private static func byCharacter(_ texts: [String]) throws -> EncodedCorpus {
    let corpus = try Corpus(texts)
    return try EncodedCorpus(corpus, with: CharacterTokenizer(training: corpus.documents))
  }

  private static func byWord(_ texts: [String]) throws -> EncodedCorpus {
    let corpus = try Corpus(texts)
    return try EncodedCorpus(corpus, with: WordTokenizer(training: corpus.documents, settings: [:]))
  }

  /// The overrides of `layers=1,embedding=128`.
  private static func overrides(_ words: Substring) throws -> RecipeOverrides {
    var overrides = RecipeOverrides()
    for word in words.split(separator: ",") where word != "-" {
      let parts = word.split(separator: "=")
      let value = String(parts[1])
      switch parts[0] {
      case "layers": overrides[\.shape.layers] = Int(value)
      case "embedding": overrides[\.shape.embedding] = Int(value)
      case "trigrams": overrides[\.shape.trigrams] = Int(value)
      case "from": overrides[\.from] = value
      case "steps": overrides[\.steps] = Int(value)
      case "batch": overrides[\.batch] = Int(value)
      case "optimizer": overrides[\.optimizer] = Optimizer(rawValue: value)
      case "token-noise": overrides[\.tokenNoise] = Double(value)
      default: Issue.record("\(parts[0]) is not a setting of this test")
      }
    }
    return overrides
  }

  @Test(arguments: ["tiny", "names", "lines", "large", "words"])
  func `suggested recipes are those of the golden file`(name: String) throws {
    let corpus = try Self.corpus(name)
    let file = URL(filePath: #filePath).appending(path: "../../Golden/suggested-recipes.txt").standardized
    var base = JSON.Object()
    var count = 0
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 3)
      guard words[0] == name else { continue }
      let golden = try #require(try JSON(parsing: String(words[3])).object)
      if words[2] == "-" { base = golden }
      var expected = base
      for member in golden.members { expected[member.key] = member.value }
      // A recipe of one network leaves their number out.
      if expected["members"] == .integer(1) { expected["members"] = nil }
      let compute = try #require(Double(words[1]))
      let recipe = try Recipe.suggested(for: corpus, compute: compute, Self.overrides(words[2]))
      #expect(Self.settings(of: recipe.json) == Self.settings(of: expected), "\(line)")
      count += 1
    }
    #expect(count == 8)
  }

  private static func settings(of recipe: JSON.Object) -> [String: JSON] {
    Dictionary(recipe.members.map { ($0.key, $0.value) }) { $1 }
  }

  /// Fine-tuning overrides the whole shape at once.
  @Test func `the shape of a trained model is kept`() throws {
    let corpus = try Self.corpus("names")
    var overrides = RecipeOverrides()
    var shape = ModelShape()
    (shape.layers, shape.context, shape.trigrams) = (5, 24, 64)
    overrides[\.shape] = shape
    overrides[\.from] = "0123456789abcdef"
    let recipe = Recipe.suggested(for: corpus, overrides)
    #expect(recipe.shape == shape && recipe.from == "0123456789abcdef" && recipe.learningRate < 0.002)
  }
}
