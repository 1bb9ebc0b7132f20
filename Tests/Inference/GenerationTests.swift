import Foundation
import GPT
import Inference
import ScalarReference
import Support
import TestSupport
import Testing
import Tokenization
import TrainingEngine

/// If these fail, generated texts are not distributed as the model predicts.
@Suite struct GenerationTests {
  /// A text sampled with the cache is the text that the reference engine samples without one, apart from rounding.
  @Test(arguments: CacheTests.shapes.indices) func `texts are those of the reference engine`(shape: Int) throws {
    let weights = try steepWeights(CacheTests.shapes[shape], seed: 7)
    let count = weights.configuration.parameterCount < 20_000 ? 60 : 4
    let texts = try LanguageModel(weights).generate(
      0..<count, GenerationRequest(SamplingOptions(temperature: 0.8, seed: 5)))
    let reference = ScalarEngine(weights: weights)
    let same = (0..<count).count { reference.sample(temperature: 0.8, seed: 5, index: $0) == Array(texts, $0) }
    #expect(same >= count - 1, "\(CacheTests.shapes[shape])")
  }

  static let requests: [(name: String, options: SamplingOptions)] = {
    var filtered = SamplingOptions(temperature: 0.9, seed: 3)
    filtered.topK = 9
    filtered.topP = 0.9
    filtered.minP = 0.01
    filtered.repetitionPenalty = 1.2
    return [("plain", SamplingOptions(temperature: 0.7, seed: 1)), ("filtered", filtered)]
  }()

  /// Text 7 is text 7, alone and among others.
  @Test(arguments: requests.indices) func `a text does not depend on the others`(number: Int) throws {
    let model = LanguageModel(try steepWeights((1, 16, 4, 16, 27), seed: 1))
    let request = GenerationRequest(Self.requests[number].options)
    let count = 3000
    let all = try model.generate(0..<count, request)
    #expect(Set((0..<count).map { Array(all, $0) }).count > 50)
    func expectSame(_ texts: GeneratedSequences, _ range: Range<Int>) {
      #expect(texts.count == range.count)
      let areSame = range.enumerated().allSatisfy { index, sample in
        Array(texts, index) == Array(all, sample) && texts.ending(of: index) == all.ending(of: sample)
      }
      #expect(areSame, "\(range)")
    }
    for threads in [2, 3, 8] { expectSame(try model.generate(0..<count, request, threads: threads), 0..<count) }
    for range in [0..<1, 1..<2, 5..<70, 63..<65, 2990..<3000, 7..<7] {
      expectSame(try model.generate(range, request), range)
    }
    let (otherSeed, sameTexts) = try {
      var other = request
      other.options.seed += 1
      let texts = try model.generate(0..<count, other)
      return (texts, (0..<count).count { Array(texts, $0) == Array(all, $0) })
    }()
    #expect(otherSeed.count == count && sameTexts < count / 2)
  }

  /// A generator's prefix cache, full or not, does not change the texts.
  @Test(arguments: [1, 2]) func `cached prefixes change nothing`(threads: Int) throws {
    for (shape, scale) in [((1, 16, 4, 16, 27), 3), ((2, 272, 17, 18, 33), 1), ((1, 16, 2, 600, 5), 3 as Float)] {
      let model = LanguageModel(try steepWeights(shape, seed: 1, scale: scale))
      for (name, options) in Self.requests + [("greedy", SamplingOptions(temperature: 0))] {
        var request = GenerationRequest(options, prompt: [2, 3])
        request.options.maxTokens = 9
        let generator = try model.generator(request, threads: threads)
        var different: Set<[TokenID]> = []
        for range in [0..<1100, 40..<41, 1100..<1500, 0..<30] {
          let texts = try generator.generate(range)
          for sample in stride(from: range.lowerBound, to: range.upperBound, by: 59) {
            let alone = try model.generate(sample..<sample + 1, request)
            #expect(Array(texts, sample - range.lowerBound) == Array(alone, 0), "\(shape), \(name), text \(sample)")
            different.insert(Array(alone, 0))
          }
        }
        #expect((name == "greedy") == (different.count == 1), "\(shape), \(name)")
      }
    }
  }

  /// Two hundred thousand first tokens pass a chi-squared test against the model's probabilities.
  @Test(arguments: [1.0, 0.6, 2.5]) func `tokens are as frequent as the model predicts`(temperature: Double) throws {
    let weights = try steepWeights((2, 16, 4, 16, 40), seed: 11)
    var request = GenerationRequest(SamplingOptions(temperature: temperature, seed: 20), prompt: [3, 1, 4])
    request.options.maxTokens = 1
    let count = 200_000
    let texts = try LanguageModel(weights).generate(0..<count, request, threads: 2)
    var counts = Array(repeating: 0.0, count: 40)
    for index in 0..<count { counts[texts[index].count == 3 ? 39 : Int(texts[index][3])] += 1 }

    let likelihoods = ScalarEngine(weights: weights).logits(of: [39, 3, 1, 4])[3].map { exp($0 / temperature) }
    let total = likelihoods.reduce(0, +)
    var (statistic, cells, rest, restCount) = (0.0, 0, 0.0, 0.0)
    for (likelihood, found) in zip(likelihoods, counts) {
      let expected = likelihood / total * Double(count)
      if expected < 10 {
        (rest, restCount) = (rest + expected, restCount + found)
      } else {
        statistic += (found - expected) * (found - expected) / expected
        cells += 1
      }
    }
    if rest >= 10 {
      statistic += (restCount - rest) * (restCount - rest) / rest
      cells += 1
    }
    // The statistic has a mean of cells - 1 and twice that as its variance: six standard deviations are no accident.
    let freedom = Double(cells - 1)
    print("temperature \(temperature): chi-squared \(statistic) in \(cells) cells")
    #expect(cells > 10 && statistic < freedom + 6 * (2 * freedom).squareRoot())
  }

  // MARK: Where texts end

  @Test func `every ending occurs where it should`() throws {
    let model = LanguageModel(try steepWeights((1, 16, 4, 16, 27), seed: 2, scale: 1))
    var request = GenerationRequest(SamplingOptions(temperature: 1))
    let all = try model.generate(0..<500, request)
    let endings = (0..<500).map { all.ending(of: $0) }
    #expect(endings.contains(.boundary) && endings.contains(.context))
    for index in 0..<500 {
      #expect(all[index].count <= 16 && (all.ending(of: index) == .context) == (all[index].count == 16))
      #expect(Array(all, index).allSatisfy { (0..<26).contains($0) })
    }

    request.options.maxTokens = 3
    let short = try model.generate(0..<500, request)
    for index in 0..<500 {
      #expect(Array(short, index) == Array(all, index).prefix(3) + [])
      #expect((short.ending(of: index) == .limit) == (all[index].count >= 3))
    }

    request.options.maxTokens = nil
    request.shouldStop = { text in text[text.count - 1] == 5 }
    let stopped = try model.generate(0..<500, request)
    for index in 0..<500 {
      let text = Array(all, index)
      let end = text.firstIndex(of: 5).map { $0 + 1 } ?? text.count
      #expect(Array(stopped, index) == Array(text.prefix(end)))
      #expect((stopped.ending(of: index) == .stop) == text.contains(5))
    }

    request.shouldStop = nil
    request.prompt = Array(repeating: 4, count: 15)
    let last = try model.generate(0..<100, request)
    for index in 0..<100 { #expect(last[index].count == (last.ending(of: index) == .boundary ? 15 : 16)) }
    request.prompt.append(4)
    #expect(throws: SamplingError.promptTooLong(tokens: 16, context: 16)) { try model.generate(0..<1, request) }
  }

  @Test func `forbidden tokens are never sampled`() throws {
    let model = LanguageModel(try steepWeights((1, 16, 4, 16, 27), seed: 2, scale: 1))
    let forbidden = Set((0..<26).filter { $0 != 7 && $0 != 9 }.map { TokenID($0) })
    for (_, options) in Self.requests + [("greedy", SamplingOptions(temperature: 0))] {
      let texts = try model.generate(0..<1000, GenerationRequest(options, forbidden: forbidden))
      #expect((0..<1000).allSatisfy { forbidden.isDisjoint(with: Array(texts, $0)) })
    }
  }

  /// At temperature zero the likeliest token is taken, among equals the first; a tiny temperature does the same.
  @Test func `temperature zero takes the likeliest token`() throws {
    let weights = try steepWeights((1, 16, 4, 16, 27), seed: 4)
    let model = LanguageModel(weights)
    var token: TokenID = 26
    var expected: [TokenID] = []
    let reference = ScalarEngine(weights: weights)
    while expected.count < 16 {
      let scores = reference.logits(of: [26] + expected).last ?? []
      token = TokenID(scores.indices.max { scores[$0] < scores[$1] } ?? 0)
      if token == 26 { break }
      expected.append(token)
    }
    for temperature in [0, 1e-4, 1e-300] {
      let texts = try model.generate(0..<20, GenerationRequest(SamplingOptions(temperature: temperature)))
      for index in 0..<20 { #expect(Array(texts, index) == expected, "temperature \(temperature)") }
    }
    let uniform = LanguageModel(Weights(zeros: weights.configuration))
    let texts = try uniform.generate(0..<2, GenerationRequest(SamplingOptions(temperature: 0)))
    #expect(Array(texts, 1) == Array(repeating: 0, count: 16))
  }

  /// Finite weights can have infinite logits: that is an error, not a text.
  @Test(arguments: [0, 0.5, 1]) func `logits that are not finite are an error`(temperature: Double) throws {
    var weights = try steepWeights((1, 16, 4, 16, 27), seed: 4)
    // The head's weights are finite; their sums are not.
    weights.tensors[2] = weights.tensors[2].map { $0 < 0 ? -3e38 : 3e38 }
    #expect(throws: SamplingError.logitsNotFinite) {
      try LanguageModel(weights).generate(0..<2, GenerationRequest(SamplingOptions(temperature: temperature)))
    }
  }

  @Test func `invalid options are refused`() {
    func refuses(_ sentence: String, _ change: (inout SamplingOptions) -> Void) {
      var options = SamplingOptions()
      change(&options)
      #expect(throws: SamplingError.invalidOption(sentence)) { try options.validate() }
    }
    refuses("the temperature is -1.0; it must be 0 or more.") { $0.temperature = -1 }
    refuses("the temperature is nan; it must be 0 or more.") { $0.temperature = .nan }
    refuses("the temperature is inf; it must be 0 or more.") { $0.temperature = .infinity }
    refuses("the repetition penalty is 0.0; it must be more than 0.") { $0.repetitionPenalty = 0 }
    refuses("the top-k is 0; it must be 1 or more.") { $0.topK = 0 }
    refuses("the top-p is 2.0; it must be more than 0 and at most 1.") { $0.topP = 2 }
    refuses("the min-p is nan; it must be from 0 to 1.") { $0.minP = .nan }
    refuses("the minimum number of tokens is -1; it must be 0 or more.") { $0.minTokens = -1 }
    refuses("the minimum number of tokens is 9; it must be at most the maximum, 8.") {
      ($0.minTokens, $0.maxTokens) = (9, 8)
    }
    refuses("the maximum number of tokens is 0; it must be 1 or more.") { $0.maxTokens = 0 }
  }
}

/// A text that the model may not end too early.
@Suite struct ShortestTextTests {
  @Test(arguments: [0, 1.2]) func `texts have as many tokens, alone as among others`(temperature: Double) throws {
    let model = LanguageModel(try steepWeights((1, 16, 4, 16, 27), seed: 2))
    var request = GenerationRequest(SamplingOptions(temperature: temperature, seed: 4), prompt: [7])
    let free = try model.generate(0..<300, request)
    request.options.minTokens = 9
    let long = try model.generate(0..<300, request)
    #expect((0..<300).contains { Array(free, $0).count < 10 } || temperature == 0)
    for number in 0..<300 {
      #expect(Array(long, number).count >= 10)
      // The rest of a text may only differ after its end was forbidden.
      if temperature == 0 { #expect(Array(long, number).starts(with: Array(free, number).prefix(10))) }
    }
    for number in stride(from: 0, to: 300, by: 37) {
      #expect(try Array(model.generate(number..<number + 1, request), 0) == Array(long, number))
    }
  }
}

/// A text beyond the context.
@Suite struct LongTextTests {
  /// Each token is the likeliest after the window that it is sampled in: the whole text, and then windows that begin
  /// half a context before the place where the one before is full.
  @Test(arguments: [Positions.learned, .rotary]) func `a long text is that of windows`(positions: Positions) throws {
    var longest = 0
    for seed in 1...4 as ClosedRange<UInt64> {
      let weights = try steepWeights((2, 16, 4, 16, 27), positions: positions, seed: seed)
      let model = LanguageModel(weights)
      let prompt: [TokenID] = [3, 1]
      let text = try #require(
        try texts(of: model, GenerationRequest(SamplingOptions(temperature: 0, maxTokens: 60), prompt: prompt), 1).first
      )
      let engine = FastEngine(weights: weights)
      let tokens = [weights.configuration.boundary] + text
      var first = 0
      for next in prompt.count + 1..<tokens.count {
        if next - 1 - first == 16 { first = next - 1 - 8 }
        var batch = Batch()
        for choice in 0..<27 { batch.append(Array(tokens[first..<next]) + [TokenID(choice)], weight: 1) }
        let nats = engine.nats(of: batch)
        let length = next - first
        let last = (0..<27).map { nats[($0 + 1) * length - 1] }
        #expect(last[Int(tokens[next])] - (last.min() ?? 0) < 1e-4, "seed \(seed), token \(next) of \(text)")
      }
      longest = max(longest, text.count)
    }
    #expect(longest > 40)
  }

  @Test func `a long text does not depend on the others, and begins as a short one`() throws {
    let model = LanguageModel(try steepWeights((1, 16, 4, 16, 27), seed: 1))
    var request = GenerationRequest(SamplingOptions(temperature: 1.5, seed: 4), after: 5, prompt: [7])
    request.options.maxTokens = 400
    let all = try texts(of: model, request, 200)
    #expect(all.contains { $0.count > 100 })
    let generator = try model.generator(request, threads: 2)
    let kept = try generator.generate(0..<200)
    for number in stride(from: 0, to: 200, by: 7) {
      let alone = try model.generate(number..<number + 1, request)
      #expect(Array(alone, 0) == all[number] && Array(kept, number) == all[number])
    }
    request.options.maxTokens = 12
    let short = try texts(of: model, request, 200)
    #expect(zip(all, short).allSatisfy { $0.prefix(13).elementsEqual($1) })
  }

  private func texts(of model: LanguageModel, _ request: GenerationRequest, _ count: Int) throws -> [[TokenID]] {
    let texts = try model.generate(0..<count, request)
    return (0..<count).map { Array(texts, $0) }
  }
}
