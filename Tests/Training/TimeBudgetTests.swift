import Testing
import Training
import TrainingEngine

/// If these fail, a run takes much longer than `--seconds`, or leaves time unused.
struct TimeBudgetTests {
  private func run(memory: Int = 0, texts: Int = 100) throws -> TinyRun {
    var recipe = Recipe.small
    recipe.memory = memory
    return try TinyRun(recipe, texts: (0..<texts).map { "text \($0)" })
  }

  @Test(arguments: [0, 1_000_000]) func `a recipe with a memory has time for it`(memory: Int) throws {
    let run = try run(memory: memory)
    let speed = try run.recipe.measureSpeed(within: 0.1, run.data, vocabulary: run.encoded.vocabulary) {
      FastEngine(weights: $0, moments: $1)
    }
    #expect((speed.memory > 0) == (memory > 0))
  }

  @Test func `a memory takes longer for more text, for more words and on a slower machine`() throws {
    let (few, many) = (try run().data, try run(texts: 300).data)
    let time = few.memoryTime(vocabulary: 20, perToken: 1e-7)
    #expect(many.memoryTime(vocabulary: 20, perToken: 1e-7) > time)
    #expect(few.memoryTime(vocabulary: 20_000, perToken: 1e-7) > time)
    #expect(few.memoryTime(vocabulary: 20, perToken: 2e-7) > time)
  }

  @Test(arguments: [(0.0, 10.0), (4, 6), (5, 5), (70, 5)] as [(Double, Double)])
  func `training has half of ten seconds at least`(memory: Double, training: Double) {
    #expect(TrainingSpeed(step: 1, score: 1, measuring: 1, memory: memory).trainingTime(within: 10) == training)
  }
}
