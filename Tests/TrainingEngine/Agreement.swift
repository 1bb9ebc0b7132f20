import GPT
import ScalarReference
import Support

/// An engine that shows what is inside a step, so that it can be held against the reference.
protocol TransparentEngine: Engine {
  /// The gradient of the weighted loss of `batch`; nothing is learned.
  func gradients(of batch: Batch) -> Weights
  /// A row of scores for every position of `batch`, one for each token that may follow.
  func logits(of batch: Batch) -> [Float]
}

/// How far an engine is from the scalar reference: the worst errors over a whole run.
struct Agreement: CustomStringConvertible {
  /// Of the losses of the steps, relative, or in hundredths of a nat where they are smaller.
  var loss = 0.0
  /// Of the gradient of the first step, relative to the largest number of the same tensor.
  var gradient = 0.0
  /// Of that gradient's length, relative, where the engine tells it.
  var norm = 0.0
  /// Of scores before the first step, relative to the largest, or absolute where all are small.
  var logits = 0.0
  /// Of the losses of single positions before the first step, in the same way.
  var nats = 0.0
  /// Of Adam's moments after the first step, relative to the largest number of the same tensor.
  var moments = 0.0
  /// Of each weight that a step leaves: how far from where the engine's own moments should have moved it, in learning
  /// rates.
  var move = 0.0

  private static var errors: [(name: String, path: WritableKeyPath<Agreement, Double>)] {
    [
      ("loss", \.loss), ("gradient", \.gradient), ("norm", \.norm), ("logits", \.logits), ("nats", \.nats),
      ("moments", \.moments), ("move", \.move),
    ]
  }

  var description: String {
    Self.errors.map { "\($0.name) \(Float(self[keyPath: $0.path]))" }.joined(separator: ", ")
  }

  init() {}

  func worst(with other: Agreement) -> Agreement {
    Self.errors.reduce(into: self) { result, error in
      result[keyPath: error.path].raise(to: other[keyPath: error.path])
    }
  }

  /// Trains both engines on `batches`, one a step. They must begin with the same weights.
  init(
    of engine: some TransparentEngine, with reference: ScalarEngine, training batches: [Batch],
    _ update: (Int) -> Update
  ) throws {
    precondition(engine.weights == reference.weights, "the engines begin with different weights")
    measureUntrained(engine, reference, batches[0])
    for (index, batch) in batches.enumerated() {
      let update = update(index + 1)
      let isChecked = index == 0 || index == batches.count - 1
      let before = isChecked ? engine.weights : nil
      let result = try engine.train(on: batch, update)
      let expected = try reference.train(on: batch, update)
      loss.raise(to: distance([result.loss], [expected.loss], atLeast: 0.01))
      if index == 0 {
        if let length = result.gradientNorm, let expected = expected.gradientNorm {
          norm.raise(to: distance([length], [expected], atLeast: 1e-6))
        }
        moments.raise(to: relativeDistance(engine.moments.first, reference.moments.first))
        moments.raise(to: relativeDistance(engine.moments.second, reference.moments.second))
      }
      if let before { measureMove(from: before, to: engine.weights, engine.moments, update) }
    }
  }

  private mutating func measureUntrained(
    _ engine: some TransparentEngine, _ reference: ScalarEngine, _ batch: Batch
  ) {
    var gradients = Weights(zeros: engine.configuration)
    gradients.tensors = reference.gradients(of: batch).tensors.map { $0.map { Float($0) } }
    gradient.raise(to: relativeDistance(engine.gradients(of: batch), gradients))
    let scores = zip([0] + batch.ends, batch.ends).flatMap { start, end in
      reference.logits(of: Array(batch.inputs[start..<end])).joined().map { Float($0) }
    }
    var heard = batch
    heard.restoreNGrams()
    logits.raise(to: distance(engine.logits(of: heard), scores, atLeast: 1))
    nats.raise(to: distance(engine.nats(of: batch), reference.nats(of: batch), atLeast: 1))
  }

  /// Adam once more, in `Double`, on what the engine says its moments are.
  private mutating func measureMove(from before: Weights, to after: Weights, _ moments: Moments, _ update: Update) {
    let correction1 = 1 - power(update.beta1, update.step)
    let correction2 = 1 - power(update.beta2, update.step)
    for tensor in before.tensors.indices {
      for index in before.tensors[tensor].indices {
        let weight = Double(before.tensors[tensor][index])
        let mean = Double(moments.first.tensors[tensor][index]) / correction1
        let deviation = (Double(moments.second.tensors[tensor][index]) / correction2).squareRoot()
        let expected =
          weight - update.learningRate * (update.weightDecay * weight + mean / (deviation + update.epsilon))
        let error = abs(Double(after.tensors[tensor][index]) - expected)
        // What a float cannot tell apart is no error.
        move.raise(to: max(0, error - abs(expected) * 0x1p-23) / update.learningRate)
      }
    }
  }
}

/// The worst distance of two tensors of the same name, relative to the largest number of the second, or to a
/// ten-thousandth of the largest of all: queries and keys of documents of one token have gradients of exactly zero,
/// where single precision leaves its rounding of larger numbers.
private func relativeDistance(_ a: Weights, _ b: Weights) -> Double {
  let largest = b.tensors.joined().reduce(0) { max($0, Double(abs($1))) }
  return zip(a.tensors, b.tensors).reduce(0) { worst, pair in
    max(worst, distance(pair.0, pair.1, atLeast: max(1e-4 * largest, 1e-30)))
  }
}

/// The worst distance of two numbers, relative to the largest of `b` or to `scale`. Infinite where one is not a number.
private func distance(_ a: [Float], _ b: [Float], atLeast scale: Double) -> Double {
  precondition(a.count == b.count, "\(a.count) numbers against \(b.count)")
  let largest = b.reduce(scale) { max($0, Double(abs($1))) }
  var worst = 0.0
  for (x, y) in zip(a, b) { worst.raise(to: abs(Double(x) - Double(y)) / largest) }
  return worst
}

private func power(_ x: Double, _ n: Int) -> Double { (0..<n).reduce(1) { product, _ in product * x } }

extension Double {
  /// Unlike `max`, lets a NaN stand out.
  fileprivate mutating func raise(to other: Double) {
    if other.isNaN { self = .infinity } else if other > self { self = other }
  }
}

// MARK: What they train on
