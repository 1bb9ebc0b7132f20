import GPT
import Support

/// The reference engine, which defines the correct results: a slow and simple GPT on a tape of scalars.
///
/// It computes in `Double`. `weights` and `moments` are rounded to `Float`, so a run that resumes from them differs in
/// the last bits.
package final class ScalarEngine: Engine {
  package let configuration: Configuration
  package let threads = 1
  private let tape = Tape()
  private let parameters: [Scalar]
  private let gpt: GPT
  /// The optimizer's moments of the parameters.
  private var first, second: [Double]

  /// Creates an engine at the start of training, or with the state of an earlier run in `moments`. Tensors are in the
  /// order of `configuration.tensors`.
  package init(
    _ configuration: Configuration, tensors: [[Double]], moments: (first: [[Double]], second: [[Double]])? = nil
  ) {
    let zeros = tensors.map { Array(repeating: 0.0, count: $0.count) }
    let moments = moments ?? (zeros, zeros)
    for given in [tensors, moments.first, moments.second] {
      precondition(given.map(\.count) == configuration.tensors.map(\.count), "tensors of the wrong sizes")
    }
    self.configuration = configuration
    parameters = tensors.joined().map(tape.variable)
    gpt = GPT(configuration, parameters: parameters)
    first = Array(moments.first.joined())
    second = Array(moments.second.joined())
  }

  package convenience init(weights: Weights, moments: Moments? = nil) {
    self.init(
      weights.configuration, tensors: doubles(weights),
      moments: moments.map { (doubles($0.first), doubles($0.second)) })
  }

  package var weights: Weights { floats(parameters.map(\.value)) }
  package var moments: Moments { Moments(first: floats(first), second: floats(second)) }

  // MARK: Training

  package func train(on batch: Batch, _ update: Update) throws(NotFinite) -> StepResult {
    let loss = backpropagate(batch)
    let norm = parameters.reduce(0) { $0 + $1.gradient * $1.gradient }.squareRoot()
    guard loss.isFinite && norm.isFinite else { throw NotFinite(loss: Float(loss), gradientNorm: Float(norm)) }
    let scale = if let clip = update.clip, norm > clip { clip / norm } else { 1.0 }
    move(by: update, scale: scale)
    return StepResult(loss: Float(loss), gradientNorm: Float(norm))
  }

  /// Updates every tensor by its gradient times `scale`.
  private func move(by update: Update, scale: Double) {
    var start = 0
    for shape in configuration.tensors {
      let range = start..<start + shape.count
      if let rate = update.muonRate, shape.isOfLayer {
        Muon.step(parameters[range], shape, rate: rate, scale: scale, update, momentum: &first[range])
      } else {
        Adam.step(parameters[range], scale: scale, update, first: &first[range], second: &second[range])
      }
      start = range.upperBound
    }
  }

  /// Returns the loss of `batch` and its gradient by every weight, in the order of `configuration.tensors`. The weights
  /// do not change.
  package func gradients(of batch: Batch) -> (loss: Double, tensors: [[Double]]) {
    (backpropagate(batch), tensors(parameters.map(\.gradient)))
  }

  /// Computes the gradient of every parameter and returns the loss. The tape holds one sequence at a time.
  private func backpropagate(_ batch: Batch) -> Double {
    for parameter in parameters { parameter.gradient = 0 }
    return sequences(of: batch).reduce(0) { total, rows in
      defer { tape.forget(after: parameters.count) }
      let losses = gpt.losses(of: batch, rows)
      let loss = sum(zip(losses, batch.weights[rows]).map { $0 * Double($1) })
      tape.backward(from: loss)
      return total + loss.value
    }
  }

  // MARK: Scoring

  package func nats(of batch: Batch) -> [Float] {
    sequences(of: batch).flatMap { rows in
      defer { tape.forget(after: parameters.count) }
      return gpt.losses(of: batch, rows).map { Float($0.value) }
    }
  }

  /// Returns the logits after each of `tokens`.
  package func logits(of tokens: [Int32]) -> [[Double]] {
    defer { tape.forget(after: parameters.count) }
    var past = gpt.nothingPast
    return tokens.enumerated().map { gpt.logits(after: $1, at: $0, &past).map(\.value) }
  }

  private func sequences(of batch: Batch) -> [Range<Int>] {
    zip([0] + batch.ends, batch.ends).map { $0..<$1 }
  }

  // MARK: Sampling

  /// Returns sample number `index` of `seed`, without its boundaries. Each token is drawn from softmax(logits /
  /// temperature).
  package func sample(temperature: Double, seed: UInt64, index: Int) -> [Int32] {
    precondition(temperature > 0, "a temperature of \(temperature) is not above 0")
    defer { tape.forget(after: parameters.count) }
    var random = RandomSource(seed: seed, stream: RandomStream.samples + UInt64(index))
    var past = gpt.nothingPast
    var token = configuration.boundary
    var document: [Int32] = []
    for position in 0..<configuration.context {
      let logits = gpt.logits(after: token, at: position, &past)
      token = random.choose(from: softmax(logits.map { $0 / temperature }).map(\.value))
      if token == configuration.boundary { break }
      document.append(token)
    }
    return document
  }
}

extension ScalarEngine {
  /// Returns `numbers`, one for each parameter, as tensors of the configuration.
  private func tensors(_ numbers: [Double]) -> [[Double]] {
    var rest = numbers[...]
    return configuration.tensors.map { shape in
      defer { rest = rest.dropFirst(shape.count) }
      return Array(rest.prefix(shape.count))
    }
  }

  private func floats(_ numbers: [Double]) -> Weights {
    var weights = Weights(zeros: configuration)
    weights.tensors = tensors(numbers).map { $0.map { Float($0) } }
    return weights
  }
}

private func doubles(_ weights: Weights) -> [[Double]] { weights.tensors.map { $0.map { Double($0) } } }

extension RandomSource {
  /// Returns an index, drawn with the given probabilities.
  fileprivate mutating func choose(from probabilities: [Double]) -> Int32 {
    var rest = uniform()
    for (index, probability) in probabilities.enumerated() {
      rest -= probability
      if rest < 0 { return Int32(index) }
    }
    return Int32(probabilities.count - 1)
  }
}
