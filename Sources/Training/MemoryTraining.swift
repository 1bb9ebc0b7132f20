import Datasets
import GPT
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

  /// `242,712 n-grams of up to 12 tokens, 33.0% of the probability`, and what part of a large corpus they are from.
  package var sentence: String {
    let memory = mixed.memory
    return "\(memory.tables.tokens.count.of("n-gram")) of up to \(memory.order.of("token")), "
      + "\(mixed.share.percent) of the probability"
      + (step > 1 ? ", from 1 in \(step.grouped) documents or windows of the corpus" : "")
  }
}

extension Trainer {
  /// Learns the n-grams of the training documents, and how much to trust them beside the network: as it is best for the
  /// held-out documents or, where there are none, half.
  ///
  /// - Parameter engine: An engine with the weights of the model.
  /// - Returns: `nil` if the network predicts better without, and if the caller cancels it.
  func trainMemory(_ engine: any Engine) -> TrainedMemory? {
    let step = 1 + data.training.predictionCount / NGramMemory.mostTokens
    let text = data.training.text(every: step, separator: NGramMemory.separator)
    let memory = NGramMemory(text, vocabulary: engine.configuration.vocabulary, byteLimit: recipe.memory)
    if Cancellation.isRequested { return nil }
    guard let heldOut = data.heldOut else {
      return TrainedMemory(mixed: MixedMemory(memory, share: 0.5), score: nil, step: step)
    }
    var nats: [Float] = []
    heldOut.forEachLoss(by: engine) { nats.append($0) }
    let remembered = heldOut.probabilities(in: memory)
    let share = MixedMemory.bestShare(
      network: nats.map { Float(exponential(-Double($0))) }, memory: remembered)
    guard share > 0x1p-10 else { return nil }
    let mixed = MixedMemory(memory, share: share)
    let total = zip(nats, remembered).reduce(0.0) { $0 + mixed.nats(network: $1.0, memory: $1.1) }
    return TrainedMemory(mixed: mixed, score: HeldOutScore(nats: total, of: heldOut), step: step)
  }
}

extension Sequences {
  /// The probability that `memory` gives to each prediction, in their order.
  fileprivate func probabilities(in memory: NGramMemory) -> [Float] {
    var probabilities: [Float] = []
    probabilities.reserveCapacity(predictionCount)
    var past = NGramMemory.Past()
    for index in 0..<count {
      let tokens = tokens(index)
      let repetitions = repetitions(in: index)
      if repetitions == 0 {
        past = NGramMemory.Past()
        memory.append(tokens[0], to: &past)
      }
      for token in tokens.dropFirst(1 + repetitions) {
        probabilities.append(memory.probability(of: token, after: past))
        memory.append(token, to: &past)
      }
    }
    return probabilities
  }
}
