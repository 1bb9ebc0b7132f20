import Kernels
import Tokenization

/// Samples the next token of up to `CachedForwardPass.maximumRows` texts at once from their logits.
struct TokenSampler: ~Copyable {
  private let options: SamplingOptions
  private let forbidden: Set<TokenID>
  private var filter: TokenFilter?
  private let memory: FloatBuffer
  /// One uniform random number for each text.
  let randomNumbers: Lanes
  /// The tokens that were sampled last.
  private(set) var tokens = Array(repeating: TokenID(0), count: CachedForwardPass.maximumRows)

  init(_ options: SamplingOptions, forbidden: Set<TokenID>) {
    self.options = options
    self.forbidden = forbidden
    filter = options.filter
    memory = FloatBuffer(count: CachedForwardPass.maximumRows)
    randomNumbers = memory.lanes(count: CachedForwardPass.maximumRows)
  }

  var penalizesRepetition: Bool { options.repetitionPenalty != 1 }

  /// Makes the forbidden tokens impossible.
  func forbidTokens(in logits: Logits) {
    for token in forbidden { logits.forbid(Int(token)) }
  }

  /// Makes the tokens that a text already contains less likely.
  func penalizeRepetition(of tokens: Span<TokenID>, in logits: Logits, column: Int) {
    let penalty = Float(options.repetitionPenalty)
    var seen: Set<TokenID> = []
    for index in tokens.indices where seen.insert(tokens[index]).inserted {
      let row = Int(tokens[index])
      let logit = logits[row, column]
      logits[row, column] = logit > 0 ? logit / penalty : logit * penalty
    }
  }

  /// Turns the logits into cumulative weights, which need not end at 1.
  mutating func cumulate(_ logits: Logits) -> CumulativeWeights {
    if options.temperature == 0 { return cumulativeArgmax(logits) }
    if filter == nil { return cumulativeSoftmax(logits, inverseTemperature: options.sharpness) }
    return CumulativeWeights(softmax(logits, inverseTemperature: options.sharpness)) { filter?.apply(to: &$0) }
  }

  /// Turns the logits of one text into the probabilities with which its next token is sampled.
  mutating func probabilities(_ logits: Logits) throws(SamplingError) -> [Float] {
    var weights: [Float]
    if options.temperature == 0 {
      let cumulative = cumulativeArgmax(logits)
      weights = (0..<cumulative.vocabulary).map { cumulative[$0, 0] - ($0 == 0 ? 0 : cumulative[$0 - 1, 0]) }
    } else {
      let all = softmax(logits, inverseTemperature: options.sharpness)
      weights = (0..<logits.vocabulary).map { all[$0, 0] }
      filter?.apply(to: &weights)
    }
    let total = weights.reduce(0, +)
    guard total > 0 else { throw .logitsNotFinite }
    return weights.map { $0 / total }
  }

  /// Samples `tokens` for the first `count` texts by their random numbers.
  mutating func sampleTokens(_ cumulative: CumulativeWeights, count: Int) throws(SamplingError) {
    let numbers = randomNumbers[rows: 0..<count]
    guard Kernels.sampleTokens(cumulative, randomNumbers: numbers, into: &tokens) else { throw .logitsNotFinite }
  }
}
