import Datasets
import Foundation
import StrictJSON
import Testing
import Training

/// If these fail, a stored recipe trains another model, or a setting in it is ignored.
@Suite struct RecipeCodingTests {
  private static let recipe: Recipe = {
    var recipe = Recipe.sentences
    (recipe.shape.activation, recipe.shape.bigrams) = (.squaredRelu, 100)
    (recipe.shape.positions, recipe.shape.finalNorm) = (.rotary, true)
    recipe.shape.cutoffs = [500, 4000]
    (recipe.clip, recipe.patience, recipe.from) = (0.1, 3, "0123456789abcdef")
    (recipe.optimizer, recipe.muonRate) = (.muon, 0.03)
    (recipe.seed, recipe.learningRate, recipe.epsilon) = (.max, 0.005, 1e-8)
    return recipe
  }()

  @Test(arguments: [.none, .automatic, .separate, .fraction(0.125), .count(12)] as [Holdout])
  func `a recipe survives JSONEncoder and JSONDecoder`(holdout: Holdout) throws {
    for var recipe in [Self.recipe, .microgpt] {
      recipe.holdout = holdout
      let data = try JSONEncoder().encode(recipe)
      #expect(try JSONDecoder().decode(Recipe.self, from: data) == recipe)
      let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      #expect(Set(object.keys) == Set(recipe.json.members.map(\.key)))
    }
  }

  @Test func `the keys are the names of the options`() throws {
    let data = try JSONEncoder().encode(Self.recipe)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object["learning-rate"] as? Double == 0.005 && object["bigrams"] as? Int == 100)
    #expect(object["cutoffs"] as? [Int] == [500, 4000])
    #expect(object["positions"] as? String == "rotary" && object["final-norm"] as? Bool == true)
    #expect(object["activation"] as? String == "squared-relu" && object["long-documents"] as? String == "truncate")
  }

  @Test(arguments: [
    ("dropout", 0.1 as JSON?, "\"dropout\" is not a known member"), ("batch", nil, "\"batch\" is missing"),
    ("batch", "many", "\"batch\" must be a whole number, not a string"),
    ("optimizer", "sgd", "\"optimizer\" is \"sgd\"; it must be one of adam, muon"),
    ("schedule", "steep", "\"schedule\" is \"steep\"; it must be one of linear, cosine, constant"),
    ("validation", "some", "\"validation\" is \"some\"; it must be a number, none, automatic or separate"),
  ])
  func `wrong recipes are refused with a sentence`(key: String, value: JSON?, sentence: String) throws {
    var object = Self.recipe.json
    object[key] = value
    let data = Data(JSON.object(object).bytes())
    let error = #expect(throws: DecodingError.self) { try JSONDecoder().decode(Recipe.self, from: data) }
    guard case .dataCorrupted(let context) = try #require(error) else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(context.debugDescription == "This is no recipe: \(sentence).")
  }
}
