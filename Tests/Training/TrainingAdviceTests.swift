import Testing

@testable import Training

/// Advice that comes where nothing is wrong is not read where something is. Each rule is held to its threshold.
@Suite struct TrainingAdviceTests {
  @Test func `words seen less than ten times on average are too rare, where the vocabulary can be smaller`() {
    #expect(TrainingAdvice.rareWords(vocabulary: 20_000, tokens: 14_400) != nil)
    #expect(TrainingAdvice.rareWords(vocabulary: 2001, tokens: 20_009) != nil)
    #expect(TrainingAdvice.rareWords(vocabulary: 2001, tokens: 20_010) == nil)
    #expect(TrainingAdvice.rareWords(vocabulary: 2000, tokens: 1) == nil)
  }

  @Test func `a loss that ends a quarter above its lowest has diverged`() throws {
    let falling = (0..<40).map { 4 - Double($0) / 20 }
    #expect(TrainingAdvice.divergence(losses: falling, vocabulary: 60) == nil)
    let end = falling[36...].reduce(0, +) / 4
    func rising(by factor: Double) -> [Double] { falling + Array(repeating: factor * end, count: 5) }
    #expect(TrainingAdvice.divergence(losses: rising(by: 1.2), vocabulary: 60) == nil)
    #expect(TrainingAdvice.divergence(losses: rising(by: 1.3), vocabulary: 60) != nil)
    #expect(TrainingAdvice.divergence(losses: [], vocabulary: 60) == nil)
    #expect(TrainingAdvice.divergence(losses: [1, 2, 3], vocabulary: 60) == nil, "too few to say")
    let noisy = (0..<100).map { 2 + ($0.isMultiple(of: 2) ? 0.5 : -0.5) }
    #expect(TrainingAdvice.divergence(losses: noisy, vocabulary: 60) == nil)
    let flat = Array(repeating: 4.0, count: 40)
    #expect(TrainingAdvice.divergence(losses: flat, vocabulary: 25) == nil)
    #expect(TrainingAdvice.divergence(losses: flat, vocabulary: 24) != nil, "worse than guessing")
    let advice = try #require(TrainingAdvice.divergence(losses: flat, vocabulary: 24, .muon))
    #expect(advice.hasSuffix("try a lower --learning-rate and --muon-rate."))
  }

  @Test func `a best model before a tenth of the run is early`() {
    #expect(TrainingAdvice.earlyBest(step: 99, of: 1000) != nil)
    #expect(TrainingAdvice.earlyBest(step: 100, of: 1000) == nil)
    #expect(TrainingAdvice.earlyBest(step: 0, of: 0) == nil)
  }

  @Test func `few held-out documents give a rough loss, unless they are long`() {
    #expect(TrainingAdvice.fewHeldOut(documents: 2, tokens: 14) != nil)
    #expect(TrainingAdvice.fewHeldOut(documents: 9, tokens: 999) != nil)
    #expect(TrainingAdvice.fewHeldOut(documents: 10, tokens: 999) == nil)
    #expect(TrainingAdvice.fewHeldOut(documents: 9, tokens: 1000) == nil)
  }
}
