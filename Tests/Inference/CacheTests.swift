import GPT
import Inference
import ModelMemory
import ScalarReference
import Support
import TestSupport
import Testing
import Tokenization
import TrainingEngine

/// A cached key in the wrong place would make generated texts a little worse without any other sign.
@Suite struct CacheTests {
  static let shapes: [(layers: Int, embedding: Int, heads: Int, context: Int, vocabulary: Int)] = [
    (1, 16, 4, 16, 27), (2, 32, 4, 16, 97), (1, 6, 2, 9, 5), (2, 12, 12, 40, 30), (1, 24, 3, 33, 70),
    (2, 40, 2, 50, 33), (3, 64, 2, 20, 100), (1, 1, 1, 2, 2), (1, 48, 1, 100, 17), (1, 34, 17, 21, 18),
    (1, 72, 18, 19, 40), (1, 40, 1, 17, 16), (2, 272, 17, 18, 33),
  ]

  /// Every shape with learned positions, and those with heads of an even size with rotary ones.
  static let networks: [(shape: Int, positions: Positions)] =
    shapes.indices.map { ($0, .learned) }
    + shapes.indices.filter { (shapes[$0].embedding / shapes[$0].heads).isMultiple(of: 2) }.map { ($0, .rotary) }

  /// Many sequences grow at once, by a few tokens each time, in slots that were used before. Their logits are those of
  /// the engine that reads each whole sequence, bit for bit, and therefore within 1e-5 those of the reference engine.
  @Test(arguments: networks)
  func `a cached forward pass gives the logits of a whole one`(shape: Int, positions: Positions) throws {
    let seed: UInt64 = .random(in: 0...999_999)
    let weights = try steepWeights(Self.shapes[shape], positions: positions, seed: seed)
    let configuration = weights.configuration
    var random = RandomSource(seed: seed)
    let slots = 9
    let forwardPass = CachedForwardPass(FrozenParameters(weights), slots: slots)
    var sequences: [[Int32]] = Array(repeating: [], count: slots)
    var found: [[Float]] = []
    var batch = Batch()

    func finish(_ slot: Int) {
      guard !sequences[slot].isEmpty else { return }
      batch.append(sequences[slot] + [0], weight: 1)
      sequences[slot] = []
    }
    /// The logits of each sequence until it is finished.
    var logits: [[[Float]]] = Array(repeating: [], count: slots)
    for _ in 0..<40 {
      var (tokens, rows, positions) = ([Int32](), [Int32](), [Int32]())
      for slot in 0..<slots where random.integer(below: 3) > 0 {
        if sequences[slot].count == configuration.context || random.integer(below: 12) == 0 {
          found += logits[slot].joined().isEmpty ? [] : [Array(logits[slot].joined())]
          logits[slot] = []
          finish(slot)
        }
        for _ in 0...random.integer(below: 3) where sequences[slot].count < configuration.context {
          tokens.append(Int32(random.integer(below: configuration.vocabulary)))
          rows.append(Int32(slot))
          positions.append(Int32(sequences[slot].count))
          sequences[slot].append(tokens[tokens.count - 1])
        }
      }
      forwardPass.read(tokens.span, slots: rows.span, positions: positions.span)
      let next = forwardPass.logits(count: tokens.count)
      for (column, slot) in rows.enumerated() {
        logits[Int(slot)].append((0..<configuration.vocabulary).map { next[$0, column] })
      }
    }
    for slot in 0..<slots {
      found += logits[slot].joined().isEmpty ? [] : [Array(logits[slot].joined())]
      finish(slot)
    }
    let cached = Array(found.joined())
    let whole = FastEngine(weights: weights).logits(of: batch)
    #expect(cached.count == whole.count)
    let differences = zip(cached, whole).count { $0.bitPattern != $1.bitPattern }
    #expect(differences == 0, "of \(whole.count) logits, seed \(seed)")

    // The reference engine is slow; the tests of the engine compare the two in every shape.
    guard configuration.parameterCount < 20_000 else { return }
    let reference = ScalarEngine(weights: weights)
    var offset = 0
    var worst = 0.0
    for (start, end) in zip([0] + batch.ends, batch.ends).prefix(12) {
      for row in reference.logits(of: Array(batch.inputs[start..<end])) {
        let largest = row.reduce(1) { max($0, abs($1)) }
        for logit in row {
          worst = max(worst, abs(Double(cached[offset]) - logit) / largest)
          offset += 1
        }
      }
    }
    #expect(worst < 1e-5, "seed \(seed)")
  }

  /// A prompt is read once and copied to every text, for prompts of every length.
  @Test(arguments: networks) func `a copied prompt is the prompt`(shape: Int, positions: Positions) throws {
    let weights = try steepWeights(Self.shapes[shape], positions: positions, seed: 3)
    let configuration = weights.configuration
    let model = LanguageModel(weights)
    var random = RandomSource(seed: 8)
    let whole = try model.generate(0..<200, GenerationRequest(SamplingOptions(temperature: 1)))
    for index in 0..<200 where whole[index].count > 1 && random.integer(below: 6) == 0 {
      let text = Array(whole, index)
      let count = 1 + random.integer(below: min(text.count - 1, configuration.context - 1))
      // Greedy, so that the prompt determines the text.
      var request = GenerationRequest(SamplingOptions(temperature: 0), prompt: Array(text.prefix(count)))
      let all = try model.generate(0..<3, request)
      request.options.maxTokens = 1
      var grown = request.prompt
      while true {
        request.prompt = grown
        guard grown.count < configuration.context else { break }
        let one = try model.generate(0..<1, request)
        if one.ending(of: 0) == .boundary { break }
        grown = Array(one, 0)
      }
      for copy in 0..<3 { #expect(Array(all, copy) == grown) }
    }
  }
}

extension [Int32] {
  init(_ sequences: GeneratedSequences, _ index: Int) { self = sequences[index].indices.map { sequences[index][$0] } }
}
