import CharacterTokenization
import Datasets
import Foundation
import GPT
import TestSupport
import Testing
import Training

@Suite struct OverheadTests {
  /// The time that the training loop adds to a step must be negligible even on the fastest workloads.
  @Test(.disabled(if: isSanitized, "every access is slower"))
  func `the training loop adds almost nothing to the time of a step`() throws {
    for batch in [1, 16] {
      var recipe = Recipe.microgpt
      recipe.batch = batch
      recipe.steps = 1_000_000 / batch
      recipe.evaluateEvery = recipe.steps
      recipe.holdout = .automatic
      let corpus = try Corpus(contentsOf: ["corpora/names.txt"])
      let encoded = try EncodedCorpus(corpus, with: CharacterTokenizer(training: corpus.documents))
      let data = TrainingData(encoded, recipe)
      let weights = Weights(try recipe.configuration(vocabulary: encoded.vocabulary), seed: 1)
      let trainer = try Trainer(recipe, data, from: TrainingState(weights)) {
        let engine = NullEngine($0, $1)
        engine.remembers = false
        return engine
      }
      var seen = 0
      let start = processorTime()
      try trainer.run {
        seen += $0.tokens
      } until: {
        seen < 0
      }
      let nanoseconds = Double(processorTime() - start) / Double(recipe.steps)
      print("\(batch) documents: \(Int(nanoseconds)) ns a step")
      #expect(nanoseconds < Double(1000 + 200 * batch))
    }
  }
}

/// The nanoseconds of processor time of this thread, which do not depend on the load of the machine.
private func processorTime() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return time.tv_sec * 1_000_000_000 + time.tv_nsec
}
