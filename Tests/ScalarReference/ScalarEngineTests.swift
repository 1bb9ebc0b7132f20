import GPT
import ScalarReference
import Support
import Testing

@Suite struct ScalarEngineTests {
  /// Compares every derivative of the network with differences of its loss. Seeds are fixed, because a difference
  /// across the kink of a ReLU gives neither derivative.
  @Test(
    arguments: [1, 2, 3] as [UInt64],
    [(.learned, false, []), (.learned, true, []), (.rotary, true, []), (.rotary, true, [2, 4])]
      as [(Positions, Bool, [Int])])
  func `every gradient agrees with finite differences`(
    seed: UInt64, network: (positions: Positions, finalNorm: Bool, cutoffs: [Int])
  ) throws {
    let configuration = try Configuration(
      layers: 2, embedding: 4, heads: 2, context: 5, vocabulary: network.cutoffs.isEmpty ? 4 : 7,
      positions: network.positions, finalNorm: network.finalNorm, cutoffs: network.cutoffs)
    var random = RandomSource(seed: seed)
    let tensors = configuration.tensors.map { shape in (0..<shape.count).map { _ in 0.5 * random.normal() } }
    var batch = Batch()
    let boundary = configuration.boundary
    batch.append([boundary, 0, 1, 1, 2, boundary], weight: 0.75)
    // Every cluster has targets, one of them several.
    batch.append([boundary, 2] + (network.cutoffs.isEmpty ? [] : [3, 5, 4]), weight: 0.25)
    let gradients = ScalarEngine(configuration, tensors: tensors).gradients(of: batch).tensors
    var worst = 0.0
    for (tensor, gradient) in gradients.enumerated() {
      let largest = gradient.reduce(0) { max($0, abs($1)) }
      #expect(largest > 0, "nothing reaches \(configuration.tensors[tensor].name)")
      for index in gradient.indices {
        let difference = centralDifference(at: tensors[tensor][index], width: 1e-4) { moved in
          var tensors = tensors
          tensors[tensor][index] = moved
          return ScalarEngine(configuration, tensors: tensors).gradients(of: batch).loss
        }
        worst = max(worst, abs(gradient[index] - difference) / max(abs(difference), 1e-3 * largest))
      }
    }
    #expect(worst < 1e-6)
    print(
      "loss of a tiny model, seed \(seed): worst relative error of \(configuration.parameterCount) gradients \(worst)")
  }

  @Test func `training memorizes a few words`() throws {
    let words: [[Int32]] = [[0, 1, 2], [1, 1, 0, 2], [2], [2, 0, 2, 0, 2]]
    let configuration = try Configuration(layers: 1, embedding: 16, heads: 4, context: 8, vocabulary: 4)
    let engine = ScalarEngine(weights: Weights(configuration, seed: 42))
    var batch = Batch()
    for word in words { batch.append([3] + word + [3], weight: 0.25) }
    var losses: [Float] = []
    for step in 1...100 { losses.append(try engine.train(on: batch, Update(step: step)).loss) }
    #expect(abs(losses[0] - 1.386) < 0.5)  // near ln 4, that of uniform predictions
    #expect(losses[99] < 0.45)
    // At a low temperature it samples one of the words.
    for index in 0..<20 { #expect(words.contains(engine.sample(temperature: 0.1, seed: 1, index: index))) }
  }

  @Test func `an infinite number stops the step and changes nothing`() throws {
    let configuration = try Configuration(layers: 1, embedding: 4, heads: 2, context: 4, vocabulary: 3)
    var weights = Weights(configuration, seed: 1)
    weights.tensors[2][5] = .infinity
    let engine = ScalarEngine(weights: weights)
    var batch = Batch()
    batch.append([2, 0, 1, 2], weight: 1)
    #expect(throws: NotFinite.self) { try engine.train(on: batch, Update(step: 1)) }
    #expect(engine.weights == weights)
    #expect(engine.moments == Moments(zeros: configuration))
  }

  @Test func `training continues from weights and moments`() throws {
    let configuration = try Configuration(layers: 1, embedding: 8, heads: 2, context: 4, vocabulary: 5)
    let engine = ScalarEngine(weights: Weights(configuration, seed: 1))
    var batch = Batch()
    batch.append([4, 0, 3, 1, 4], weight: 1)
    for step in 1...5 { _ = try engine.train(on: batch, Update(step: step)) }
    let resumed = ScalarEngine(weights: engine.weights, moments: engine.moments)
    let forgetful = ScalarEngine(weights: engine.weights)
    #expect(resumed.weights == engine.weights && resumed.moments == engine.moments)
    for step in 6...10 {
      let expected = try engine.train(on: batch, Update(step: step)).loss
      #expect(abs(try resumed.train(on: batch, Update(step: step)).loss / expected - 1) < 1e-5)
      let other = try forgetful.train(on: batch, Update(step: step)).loss
      if step > 6 { #expect(abs(other / expected - 1) > 1e-3) }
    }
  }

  @Test func `losses are those of the logits for any weights`() throws {
    let configuration = try Configuration(layers: 1, embedding: 8, heads: 2, context: 4, vocabulary: 5)
    let engine = ScalarEngine(weights: Weights(configuration, seed: 1))
    let tokens: [Int32] = [4, 0, 3, 3, 4]
    let logits = engine.logits(of: Array(tokens.dropLast()))
    for weight: Float in [0, 0.1, 7] {
      var batch = Batch()
      batch.append([4, 4], weight: weight)
      batch.append(tokens, weight: weight)
      let nats = engine.nats(of: batch)
      try #require(nats.count == 5)
      for (position, scores) in logits.enumerated() {
        let total = Tape.sumOfExponentials(scores)
        #expect(abs(Double(nats[1 + position]) - (total - scores[Int(tokens[position + 1])])) < 1e-6)
      }
    }
  }

  // MARK: Sampling

  /// Returns a model whose logits are `logits` in every context: only the first column of the head is not zero.
  func model(logits: [Double], context: Int = 2) throws -> ScalarEngine {
    let configuration = try Configuration(layers: 1, embedding: 1, heads: 1, context: context, vocabulary: logits.count)
    var tensors = configuration.tensors.map { Array(repeating: 0.0, count: $0.count) }
    tensors[0] = Array(repeating: 1e6, count: logits.count)  // normalized to ones
    tensors[2] = logits
    return ScalarEngine(configuration, tensors: tensors)
  }

  @Test(arguments: [0.5, 1, 2]) func `tokens are drawn from the softmax at a temperature`(temperature: Double) throws {
    let logits = [1.0, 0, -0.5, 0.25]
    let engine = try model(logits: logits)
    let total = Tape.sumOfExponentials(logits.map { $0 / temperature })
    var counts = [0, 0, 0, 0]
    let samples = 20_000
    for index in 0..<samples {
      let first = engine.sample(temperature: temperature, seed: 5, index: index).first
      counts[Int(first ?? 3)] += 1
    }
    for (token, logit) in logits.enumerated() {
      let probability = Tape().variable(logit / temperature - total).exp().value
      let deviation = (probability * (1 - probability) / Double(samples)).squareRoot()
      #expect(abs(Double(counts[token]) / Double(samples) - probability) < 4 * deviation)
    }
  }

  @Test func `a sample depends on seed and index alone and fits the context`() throws {
    let engine = try model(logits: [2, 2, 0], context: 7)
    let samples = (0..<50).map { engine.sample(temperature: 1, seed: 3, index: $0) }
    #expect((0..<50).reversed().map { engine.sample(temperature: 1, seed: 3, index: $0) }.reversed() == samples)
    #expect((0..<50).map { engine.sample(temperature: 1, seed: 4, index: $0) } != samples)
    #expect(Set(samples).count > 25)
    #expect(samples.map(\.count).max() == 7)
    #expect(samples.joined().allSatisfy { $0 < 2 })
  }
}

extension Tape {
  /// Returns the logarithm of the sum of the exponentials of `numbers`.
  static func sumOfExponentials(_ numbers: [Double]) -> Double {
    let tape = Tape()
    return numbers.map { tape.variable($0).exp() }.reduce(tape.variable(0)) { $0 + $1 }.log().value
  }
}
