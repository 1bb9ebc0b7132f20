import Inference
import NGrams
import SwiftletKit
import Tokenization

/// How much of what a model writes stands in its training text.
struct Copying {
  /// The number of texts that are generated.
  static let sampleCount = 200

  /// The number of generated texts that are documents of the corpus.
  let known: Int
  /// The number of tokens in the longest run that a generated text shares with the training text.
  let longestRun: Int

  init(of model: Model, _ text: [TokenID]) throws {
    let options = SamplingOptions(maxTokens: min(64, model.configuration.context))
    let samples = try model.samples(0..<Self.sampleCount, options: options)
    known = samples.count { model.isNew($0.text) == false }
    longestRun = longestSharedRun(of: samples.map(\.tokens), with: text)
  }
}
