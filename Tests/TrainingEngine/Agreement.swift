import GPT
import ScalarReference
import Support

/// An engine that exposes the intermediate results of a step, for comparison with the reference engine.
protocol TransparentEngine: Engine {
  /// Returns the gradient of the weighted loss of `batch` without a training step.
  func gradients(of batch: Batch) -> Weights
  /// Returns the logits of the next token at every position of `batch`.
  func logits(of batch: Batch) -> [Float]
}

/// The largest differences between an engine and the reference engine over a run.
struct Agreement: CustomStringConvertible {
  /// The error of the losses of the steps, relative to the loss or to 0.01 nats if that is larger.
  var loss = 0.0
  /// The error of the gradient of the first step, relative to the largest element of the same tensor.
  var gradient = 0.0
  /// The relative error of the norm of that gradient, if the engine returns it.
  var norm = 0.0
  /// The error of the logits before the first step, relative to the largest, or absolute if all are small.
  var logits = 0.0
  /// The error of the losses of single positions before the first step, in the same way.
  var nats = 0.0
  /// The error of the optimizer's moments after the first step, relative to the largest element of the same tensor.
  var moments = 0.0
  /// The distance of each weight after a step from the value that the engine's own moments determine, in learning
  /// rates.
  var move = 0.0
  /// The error of the elements of Muon's first step, relative to the largest.
  var direction = 0.0

  private static var errors: [(name: String, path: WritableKeyPath<Agreement, Double>)] {
    [
      ("loss", \.loss), ("gradient", \.gradient), ("norm", \.norm), ("logits", \.logits), ("nats", \.nats),
      ("moments", \.moments), ("move", \.move), ("direction", \.direction),
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

  /// Trains both engines on `batches`, one per step. They must start with the same weights.
  init(
    of engine: some TransparentEngine, with reference: ScalarEngine, training batches: [Batch],
    _ update: (Int) -> Update
  ) throws {
    precondition(engine.weights == reference.weights, "the engines start with different weights")
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
        if let before, update.muonRate != nil { measureDirection(from: before, engine.weights, reference.weights) }
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
    heard.restoreDropped()
    logits.raise(to: distance(engine.logits(of: heard), scores, atLeast: 1))
    nats.raise(to: distance(engine.nats(of: batch), reference.nats(of: batch), atLeast: 1))
  }

  /// The steps of the matrices of the layers. Small singular values are magnified to 1, and their errors with them.
  private mutating func measureDirection(from before: Weights, _ after: Weights, _ expected: Weights) {
    for (index, shape) in before.configuration.tensors.enumerated() where shape.isOfLayer {
      let weights = before.tensors[index]
      let steps = zip(after.tensors[index], weights).map { $0 - $1 }
      direction.raise(to: distance(steps, zip(expected.tensors[index], weights).map { $0 - $1 }, atLeast: 1e-6))
    }
  }

  /// Adam's step again, in `Double`, from the engine's moments.
  private mutating func measureMove(from before: Weights, to after: Weights, _ moments: Moments, _ update: Update) {
    let correction1 = 1 - power(update.beta1, update.step)
    let correction2 = 1 - power(update.beta2, update.step)
    for (tensor, shape) in before.configuration.tensors.enumerated() where update.muonRate == nil || !shape.isOfLayer {
      for index in before.tensors[tensor].indices {
        let weight = Double(before.tensors[tensor][index])
        let mean = Double(moments.first.tensors[tensor][index]) / correction1
        let deviation = (Double(moments.second.tensors[tensor][index]) / correction2).squareRoot()
        let expected =
          weight - update.learningRate * (update.weightDecay * weight + mean / (deviation + update.epsilon))
        let error = abs(Double(after.tensors[tensor][index]) - expected)
        // Differences below the precision of a float are no error.
        move.raise(to: max(0, error - abs(expected) * 0x1p-23) / update.learningRate)
      }
    }
  }
}

/// Returns the largest difference of two tensors of the same name, relative to the largest element of the second, or to
/// a ten-thousandth of the largest of all. In documents of one token the gradients of queries and keys are exactly
/// zero, and single precision leaves rounding errors of larger numbers.
private func relativeDistance(_ a: Weights, _ b: Weights) -> Double {
  let largest = b.tensors.joined().reduce(0) { max($0, Double(abs($1))) }
  return zip(a.tensors, b.tensors).reduce(0) { worst, pair in
    max(worst, distance(pair.0, pair.1, atLeast: max(1e-4 * largest, 1e-30)))
  }
}

/// Returns the largest difference of two numbers, relative to the largest of `b` or to `scale`; infinite if one is NaN.
private func distance(_ a: [Float], _ b: [Float], atLeast scale: Double) -> Double {
  precondition(a.count == b.count, "\(a.count) numbers against \(b.count)")
  let largest = b.reduce(scale) { max($0, Double(abs($1))) }
  var worst = 0.0
  for (x, y) in zip(a, b) { worst.raise(to: abs(Double(x) - Double(y)) / largest) }
  return worst
}

private func power(_ x: Double, _ n: Int) -> Double { (0..<n).reduce(1) { product, _ in product * x } }

extension Double {
  /// Raises the number to `other` if that is larger; unlike with `max`, NaN gives infinity.
  fileprivate mutating func raise(to other: Double) {
    if other.isNaN { self = .infinity } else if other > self { self = other }
  }
}

// MARK: Batches
