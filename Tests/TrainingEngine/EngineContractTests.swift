import GPT
import Inference
import Support
import TestSupport
import Testing
import Tokenization
import TrainingEngine

/// The promises of `Engine`'s documentation besides correct numbers.
@Suite struct EngineContractTests {
  static let shapes: [(layers: Int, embedding: Int, heads: Int, context: Int, vocabulary: Int)] = [
    (1, 16, 4, 16, 27), (2, 32, 4, 16, 597), (1, 20, 5, 12, 50), (2, 64, 4, 32, 100), (1, 6, 2, 8, 2),
    (1, 8, 2, 8, 9000),
  ]

  func batches(_ configuration: Configuration, count: Int) -> [Batch] {
    var random = RandomSource(seed: 42)
    return (0..<count).map { number in
      Batch(
        configuration, documents: [1, 16, 3, 64][number % 4], lengths: 0...(configuration.context - 1), using: &random)
    }
  }

  /// Otherwise a model could not be reproduced to the bit on another machine.
  @Test(
    arguments: shapes, [(nil, .learned), (0.02, .learned), (nil, .rotary), (0.02, .rotary)] as [(Double?, Positions)])
  func `the number of threads does not change results`(
    shape: (layers: Int, embedding: Int, heads: Int, context: Int, vocabulary: Int),
    variant: (muonRate: Double?, positions: Positions)
  ) throws {
    let (muonRate, positions) = variant
    // Rotary positions need heads of an even size.
    let heads = (shape.embedding / shape.heads).isMultiple(of: 2) || positions == .learned ? shape.heads : 1
    let configuration = try Configuration(
      layers: shape.layers, embedding: shape.embedding, heads: heads, context: shape.context,
      vocabulary: shape.vocabulary, activation: .squaredRelu, positions: positions, finalNorm: positions == .rotary,
      bigrams: 64, trigrams: 2000, cutoffs: positions == .rotary && shape.vocabulary > 100 ? [40, 200] : [])
    let batches = batches(configuration, count: 12)
    let weights = Weights(configuration, seed: 42)
    let one = FastEngine(weights: weights, threads: 1)
    let others = [2, 3, 4, 7].map { FastEngine(weights: weights, threads: $0) }
    for (index, batch) in batches.enumerated() {
      let update = Update(step: index + 1, muonRate: muonRate, weightDecay: 0.01, clip: 0.9)
      let result = try one.train(on: batch, update)
      for other in others {
        #expect(try other.train(on: batch, update) == result)
        #expect(other.nats(of: batch) == one.nats(of: batch))
      }
    }
    for other in others {
      #expect(other.weights == one.weights)
      #expect(other.moments == one.moments)
    }
  }

  /// Otherwise a killed and resumed run would give another model.
  @Test(arguments: [nil, 0.02], [(30, []), (3000, [60, 400])] as [(Int, [Int])])
  func `training continues from weights and moments to the same bits`(
    muonRate: Double?, output: (vocabulary: Int, cutoffs: [Int])
  ) throws {
    let configuration = try Configuration(
      layers: 2, embedding: 20, heads: 5, context: 12, vocabulary: output.vocabulary, cutoffs: output.cutoffs)
    let batches = batches(configuration, count: 8)
    let engine = FastEngine(weights: Weights(configuration, seed: 42))
    for index in 0..<4 { _ = try engine.train(on: batches[index], Update(step: index + 1, muonRate: muonRate)) }
    let resumed = FastEngine(weights: engine.weights, moments: engine.moments, threads: 1)
    for index in 4..<8 {
      let update = Update(step: index + 1, muonRate: muonRate)
      let result = try engine.train(on: batches[index], update)
      #expect(try resumed.train(on: batches[index], update) == result)
    }
    #expect(resumed.weights == engine.weights)
    #expect(resumed.moments == engine.moments)
  }

  /// Otherwise Adam would update the matrices as well.
  @Test func `Muon leaves the second moments of the layers' matrices at zero`() throws {
    let configuration = try Configuration(layers: 2, embedding: 20, heads: 5, context: 12, vocabulary: 30)
    let engine = FastEngine(weights: Weights(configuration, seed: 42))
    let batch = batches(configuration, count: 2)[1]
    _ = try engine.train(on: batch, Update(step: 1, muonRate: 0.02))
    for (index, shape) in configuration.tensors.enumerated() {
      #expect(engine.moments.first.tensors[index].contains { $0 != 0 })
      #expect(engine.moments.second.tensors[index].allSatisfy { $0 == 0 } == shape.isOfLayer)
    }
  }

  @Test(arguments: [27, 3000]) func `scoring and reading the state change nothing`(vocabulary: Int) throws {
    let configuration = try Configuration(
      layers: 1, embedding: 16, heads: 4, context: 16, vocabulary: vocabulary, trigrams: 1500)
    let batches = batches(configuration, count: 8)
    let watched = FastEngine(weights: Weights(configuration, seed: 42))
    let alone = FastEngine(weights: Weights(configuration, seed: 42))
    for (index, batch) in batches.enumerated() {
      let update = Update(step: index + 1)
      _ = watched.gradients(of: batches[(index + 1) % batches.count])
      _ = watched.logits(of: batches[(index + 2) % batches.count])
      _ = watched.nats(of: batches[(index + 3) % batches.count])
      if index.isMultiple(of: 3) { _ = (watched.weights, watched.moments) }
      let result = try alone.train(on: batch, update)
      #expect(try watched.train(on: batch, update) == result)
    }
    #expect(watched.weights == alone.weights)
  }

  /// Otherwise a diverged run would lose its last good model.
  @Test(arguments: [Float.infinity, -.infinity, .nan, 3e38], 0..<9) func `a number that is not finite stops the step`(
    number: Float, tensor: Int
  ) throws {
    let configuration = try Configuration(layers: 1, embedding: 16, heads: 4, context: 16, vocabulary: 27)
    let batch = batches(configuration, count: 2)[1]
    let width = configuration.tensors[tensor].columns
    // The number is everywhere, or in one place that every batch reads: the last row of `wte`, that of the boundary, or
    // the first row of another tensor.
    let first = tensor == 0 ? Int(configuration.boundary) * width : 0
    for places in [0..<configuration.tensors[tensor].count, first + 1..<first + 2] {
      var weights = Weights(configuration, seed: 42)
      for index in places { weights.tensors[tensor][index] = number }
      let engine = FastEngine(weights: weights)
      let before = (weights: engine.weights, moments: engine.moments)
      do {
        _ = try engine.train(on: batch, Update(step: 1))
        // A number as large as 3e38 may cancel out; the results must then be finite.
        let isFinite = engine.weights.tensors.joined().allSatisfy { $0.isFinite }
        #expect(number == 3e38 && isFinite)
      } catch {
        let isFinite = error.loss.isFinite && error.gradientNorm.isFinite
        #expect(!isFinite)
        #expect(bits(engine.weights) == bits(before.weights))
        #expect(engine.moments == before.moments)
      }
    }
  }

  func bits(_ weights: Weights) -> [UInt32] { weights.tensors.joined().map { $0.bitPattern } }
}
