import GPT
import Inference
import ScalarReference
import Support
import TestSupport
import Testing
import Tokenization
import TrainingEngine

extension FastEngine: TransparentEngine {}

/// If these fail, the fast engine computes wrong results.
@Suite struct AgreementTests {
  struct Run: CustomTestStringConvertible, Sendable {
    let name: String
    var layers = 1
    var embedding = 16
    var heads = 4
    var context = 16
    var vocabulary = 27
    var activation = Activation.relu
    var positions = Positions.learned
    var finalNorm = false
    var initialization = Initialization.normal
    var bigrams = 0
    var trigrams = 0
    var cutoffs: [Int] = []
    var embeddingDropout = 0.0
    var documents = 1
    /// The number of tokens of a document between its boundaries.
    var lengths = 2...12
    var steps = 200
    var update = Update(step: 0)

    var testDescription: String { name }
  }

  static let presets = [
    Run(name: "names, one document a step"),
    Run(name: "names, 16 documents a step", documents: 16, steps: 30),
    Run(name: "sentences", layers: 2, embedding: 32, vocabulary: 597, steps: 60),
    Run(name: "clipping and decay", update: Update(step: 0, learningRate: 0.005, weightDecay: 0.1, clip: 0.7)),
    Run(name: "other rates", update: Update(step: 0, beta1: 0.9, beta2: 0.95, epsilon: 1e-5)),
    Run(name: "Muon", documents: 16, steps: 20, update: Update(step: 0, muonRate: 0.02)),
    Run(
      name: "Muon with padded heads, clipping and decay", layers: 2, embedding: 20, heads: 5, documents: 4, steps: 20,
      update: Update(step: 0, muonRate: 0.05, weightDecay: 0.1, clip: 0.7)),
    Run(name: "width 20, 5 heads", embedding: 20, heads: 5),
    Run(name: "width 6, 2 heads", layers: 2, embedding: 6, heads: 2),
    // With one column, normalization leaves only a sign, which rounding may flip near zero.
    Run(name: "width 1", embedding: 1, heads: 1, steps: 3),
    Run(name: "width 17, 17 heads", embedding: 17, heads: 17, steps: 100),
    Run(name: "vocabulary 2", embedding: 8, heads: 2, vocabulary: 2),
    Run(name: "vocabulary 50,000", embedding: 4, heads: 2, context: 4, vocabulary: 50_000, lengths: 1...2, steps: 4),
    Run(name: "squared ReLU", layers: 2, activation: .squaredRelu),
    Run(name: "tables with a row for every run", vocabulary: 5, bigrams: 25, trigrams: 125, documents: 3),
    Run(
      name: "tables whose rows are shared", layers: 2, embedding: 20, heads: 5, bigrams: 100, trigrams: 30,
      documents: 3,
      steps: 40),
    Run(name: "a final norm", layers: 2, finalNorm: true),
    Run(name: "embedding dropout", embedding: 20, heads: 5, embeddingDropout: 0.3, documents: 3, steps: 40),
    Run(
      name: "embedding dropout with tables", layers: 2, embedding: 40, heads: 2, positions: .rotary, finalNorm: true,
      bigrams: 100, trigrams: 30, embeddingDropout: 0.5, documents: 16, steps: 20),
    Run(
      name: "rotary positions, a final norm and tables", layers: 2, activation: .squaredRelu, positions: .rotary,
      finalNorm: true, bigrams: 100, trigrams: 30, documents: 16, steps: 30),
    // The first gradients of some matrices are zero, which Muon cannot make orthogonal.
    Run(
      name: "what suggested recipes have", layers: 2, embedding: 32, heads: 2, activation: .squaredRelu,
      positions: .rotary, finalNorm: true, initialization: .zeroOutputs, bigrams: 100, trigrams: 30, documents: 16,
      steps: 20, update: Update(step: 0, learningRate: 0.006, muonRate: 0.03, weightDecay: 0.1)),
    Run(name: "an adaptive softmax", layers: 2, embedding: 20, heads: 5, finalNorm: true, cutoffs: [5, 12]),
    Run(
      name: "an adaptive softmax with a large vocabulary", embedding: 16, heads: 2, context: 8, vocabulary: 9000,
      activation: .squaredRelu, positions: .rotary, finalNorm: true, initialization: .zeroOutputs,
      cutoffs: [100, 1000, 5000], documents: 60, lengths: 3...7, steps: 4,
      update: Update(step: 0, muonRate: 0.03, weightDecay: 0.1)),
    Run(name: "an adaptive softmax of one token and one cluster", vocabulary: 5, cutoffs: [1], documents: 3, steps: 40),
    Run(name: "rotary positions, 5 heads", embedding: 20, heads: 5, positions: .rotary),
    Run(
      name: "rotary positions, a context of 1,024", embedding: 2, heads: 1, context: 1024, vocabulary: 5,
      positions: .rotary, lengths: 1000...1023, steps: 2),
    Run(name: "a table for trigrams alone", activation: .squaredRelu, trigrams: 64),
    // More logits than an engine keeps at once.
    Run(
      name: "vocabulary 9,000, 12 documents", embedding: 4, heads: 2, context: 8, vocabulary: 9000, documents: 12,
      lengths: 3...7, steps: 2),
    Run(name: "empty documents", embedding: 8, heads: 2, lengths: 0...0),
    Run(name: "one-token documents", embedding: 8, heads: 2, lengths: 1...1),
    Run(name: "documents exactly as long as the context", context: 8, lengths: 7...7),
    Run(name: "a batch of 1,000", embedding: 4, heads: 2, vocabulary: 5, documents: 1000, lengths: 0...6, steps: 3),
    Run(name: "a context of 2", context: 2, lengths: 0...1, steps: 50),
    Run(
      name: "a context of 1,024", embedding: 2, heads: 1, context: 1024, vocabulary: 5, lengths: 1000...1023, steps: 2),
  ]

  static let headSizes = [1, 2, 3, 4, 5, 8, 12, 16, 24, 32, 40].map { size in
    Run(name: "head size \(size)", embedding: 2 * size, heads: 2, steps: size > 12 ? 20 : 100)
  }

  static let rotaryHeadSizes = [2, 4, 6, 8, 12, 16, 18, 24, 32, 40].map { size in
    Run(
      name: "rotary positions, head size \(size)", embedding: 2 * size, heads: 2, positions: .rotary, finalNorm: true,
      steps: size > 12 ? 20 : 100)
  }

  static let depths = (2...12).map { layers in
    Run(name: "\(layers) layers", layers: layers, embedding: 6, heads: 2, vocabulary: 9, lengths: 1...6)
  }

  /// The seed is fixed, because with some seeds a rounding error at one ReLU grows beyond any tolerance in 200 steps.
  @Test(arguments: presets + headSizes + rotaryHeadSizes + depths)
  func `the fast engine agrees with the reference`(in run: Run) throws {
    let seed: UInt64 = 42
    var random = RandomSource(seed: seed)
    let configuration = try Configuration(
      layers: run.layers, embedding: run.embedding, heads: run.heads, context: run.context, vocabulary: run.vocabulary,
      activation: run.activation, positions: run.positions, finalNorm: run.finalNorm, bigrams: run.bigrams,
      trigrams: run.trigrams, cutoffs: run.cutoffs)
    let weights = Weights(configuration, seed: seed, run.initialization)
    let batches = (0..<run.steps).map { _ in
      var batch = Batch(configuration, documents: run.documents, lengths: run.lengths, using: &random)
      if run.bigrams > 0 { batch.dropNGrams(0.3, using: &random) }
      if run.embeddingDropout > 0 {
        batch.dropElements(run.embeddingDropout, width: run.embedding, using: &random)
      }
      return batch
    }
    let agreement = try Agreement(
      of: FastEngine(weights: weights), with: ScalarEngine(weights: weights), training: batches
    ) { step in
      var update = run.update
      update.step = step
      let factor = 1 - Double(step - 1) / Double(max(200, run.steps))
      update.learningRate *= factor
      update.muonRate = update.muonRate.map { $0 * factor }
      return update
    }
    print("\(run.name): \(agreement)")
    expect(agreement, "")
  }

  /// Random shapes, weights of documents and sizes of batches.
  @Test func `the fast engine agrees with the reference in random shapes`() throws {
    let seed: UInt64 = .random(in: 0...999_999)
    var random = RandomSource(seed: seed)
    var worst = Agreement()
    for number in 0..<40 {
      let heads = 1 + random.integer(below: 5)
      let headSize = (1 + random.integer(below: 5)) * (heads == 1 ? 2 : 1)
      let vocabulary = 2 + random.integer(below: 100)
      let cutoffs = [1 + random.integer(below: 20), 30].prefix(random.integer(below: 3)).filter { $0 < vocabulary }
      let configuration = try Configuration(
        layers: 1 + random.integer(below: 3), embedding: heads * headSize, heads: heads,
        context: 2 + random.integer(below: 20), vocabulary: vocabulary,
        activation: number.isMultiple(of: 3) ? .squaredRelu : .relu,
        positions: headSize.isMultiple(of: 2) ? .rotary : .learned, finalNorm: number.isMultiple(of: 4),
        bigrams: random.integer(below: 3) * 20,
        trigrams: random.integer(below: 2) * 50, cutoffs: cutoffs)
      let weights = Weights(configuration, seed: seed)
      let batches = (0..<3).map { _ in
        let shares = (0...random.integer(below: 6)).map { _ in
          random.integer(below: 4) == 0 ? 0 : Float(2 * random.uniform())
        }
        return Batch(
          configuration, documents: shares.count, lengths: 0...(configuration.context - 1), weights: shares,
          using: &random)
      }
      let agreement = try Agreement(
        of: FastEngine(weights: weights), with: ScalarEngine(weights: weights), training: batches
      ) { Update(step: $0, learningRate: 0.001, weightDecay: 0.01, clip: number.isMultiple(of: 2) ? 0.5 : nil) }
      expect(agreement, "number \(number) of seed \(seed): \(configuration)")
      worst = worst.worst(with: agreement)
    }
    print("any shape: worst errors \(worst), seed \(seed)")
  }

  /// Attention to a single position, and probabilities below the range of a float. An exponential that is wrong at its
  /// limits would give NaN there.
  @Test(arguments: [["attn_wq", "attn_wk"], ["lm_head"]])
  func `the fast engine agrees with the reference for extreme weights`(tensors: [String])
    throws
  {
    let configuration = try Configuration(layers: 2, embedding: 16, heads: 2, context: 16, vocabulary: 27)
    var weights = Weights(configuration, seed: 42)
    for (index, shape) in configuration.tensors.enumerated() where tensors.contains(where: shape.name.hasSuffix) {
      for number in weights.tensors[index].indices { weights.tensors[index][number] *= 60 }
    }
    var random = RandomSource(seed: 42)
    let batches = (0..<10).map { _ in Batch(configuration, documents: 4, lengths: 8...15, using: &random) }
    let agreement = try Agreement(
      of: FastEngine(weights: weights), with: ScalarEngine(weights: weights), training: batches
    ) { Update(step: $0, learningRate: 0.001) }
    print("steep \(tensors): \(agreement)")
    expect(agreement, loss: 1e-3, gradient: 1e-2, scores: 1e-3, "")
  }

  func expect(
    _ agreement: Agreement, loss: Double = 1e-4, gradient: Double = 1e-4, scores: Double = 1e-5, _ place: Comment
  ) {
    #expect(agreement.loss < loss, place)
    #expect(agreement.gradient < gradient, place)
    #expect(agreement.norm < gradient, place)
    #expect(agreement.logits < scores, place)
    #expect(agreement.nats < scores, place)
    #expect(agreement.moments < 2 * gradient, place)
    #expect(agreement.move < 1e-4, place)
    #expect(agreement.direction < 1e-3, place)
  }
}
