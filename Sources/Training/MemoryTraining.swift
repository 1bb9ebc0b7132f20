import Datasets
import GPT
import Inference
import NGrams
import Support
import Tokenization

/// The n-gram memory of a trained network.
package struct TrainedMemory: Sendable {
  package let mixed: MixedMemory
  /// The held-out score of the network with this memory; `nil` where nothing is held out.
  package let score: HeldOutScore?
  /// The memory knows every sequence of the training data if it is 1, every second if it is 2, and so on.
  package let step: Int

  /// `242,712 n-grams of up to 12 tokens, 33.0% of the mixture`, and what part of a large corpus they are from.
  package var sentence: String {
    let memory = mixed.memory
    return "\(memory.tables.tokens.count.of("n-gram")) of up to \(memory.order.of("token")), "
      + "\(mixed.mixture.share.percent) of the mixture"
      + (step > 1 ? ", from 1 in \(step.grouped) documents or windows of the corpus" : "")
  }
}

extension Trainer {
  /// The most floats that are kept to find a mixture, for each of network and memory.
  private static let mostExampleFloats = 1 << 22
  private static let mostExamples = 4096

  /// Learns the n-grams of the training documents, and how to mix them with the network: as it is best for the held-out
  /// documents or, where there are none, as it is good for most texts.
  ///
  /// - Parameter weights: Those of the model.
  /// - Returns: `nil` if the network predicts better without, and if the caller cancels it.
  func trainMemory(_ weights: Weights) -> TrainedMemory? {
    let vocabulary = weights.configuration.vocabulary
    let step = 1 + data.training.predictionCount / NGramMemory.mostTokens
    let text = data.training.text(every: step, separator: NGramMemory.separator)
    let memory = NGramMemory(text, vocabulary: vocabulary, byteLimit: recipe.memory, threads: engine.threads)
    if Cancellation.isRequested { return nil }
    guard let heldOut = data.heldOut else {
      return TrainedMemory(mixed: MixedMemory(memory, .typical), score: nil, step: step)
    }
    let network = LanguageModel(weights)
    let examples = min(Self.mostExamples, max(1, Self.mostExampleFloats / vocabulary))
    let mixture = network.bestMixture(with: memory, on: heldOut.windows(predictions: examples))
    let mixed = MixedMemory(memory, mixture)
    let nats = network.with(mixed).nats(of: heldOut.passages(), keepingEach: false, threads: engine.threads)
    let score = HeldOutScore(nats: nats.reduce(0) { $0 + $1.total }, of: heldOut)
    guard score.natsPerToken < best?.score.natsPerToken ?? .infinity else { return nil }
    return TrainedMemory(mixed: mixed, score: score, step: step)
  }
}

extension Sequences {
  /// Every so many sequences that they make about so many predictions, as passages.
  fileprivate func windows(predictions: Int) -> [Passage] {
    stride(from: 0, to: count, by: 1 + predictionCount / predictions).map {
      Passage(tokens($0), unscored: repetitions(in: $0))
    }
  }

  /// All sequences, where long documents are cut into passages that several threads can score.
  fileprivate func passages() -> [Passage] {
    var passages: [Passage] = []
    var windowsOfLast = 0
    for index in 0..<count {
      let repetitions = repetitions(in: index)
      if repetitions > 0 && windowsOfLast < 32 {
        passages[passages.count - 1].tokens += tokens(index).dropFirst(1 + repetitions)
        windowsOfLast += 1
      } else {
        passages.append(Passage(tokens(index), unscored: repetitions))
        windowsOfLast = 1
      }
    }
    return passages
  }
}
