import Kernels
import Tokenization

/// Samples the next token of up to `CachedForwardPass.maximumRows` texts at once from their logits.
///
/// Logits and what is made of them have one token a row and one text a column (V, R).
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
  func forbidTokens(in logits: Matrix) {
    for token in forbidden { logits[rows: Int(token)..<Int(token) + 1].fill(-.infinity) }
  }

  /// Makes the tokens that a text already contains less likely.
  func penalizeRepetition(of tokens: Span<TokenID>, in logits: Matrix, column: Int) {
    let penalty = Float(options.repetitionPenalty)
    var seen: Set<TokenID> = []
    for index in tokens.indices where seen.insert(tokens[index]).inserted {
      let row = Int(tokens[index])
      let logit = logits[row, column]
      logits[row, column] = logit > 0 ? logit / penalty : logit * penalty
    }
  }

  /// Turns the logits of the first `count` texts into cumulative probabilities, which need not end at 1.
  mutating func cumulate(_ logits: Matrix, count: Int) -> Matrix {
    if options.temperature == 0 {
      accumulateLargest(logits, count: count)
    } else if filter == nil {
      accumulate(logits, count: count, sharpness: options.sharpness)
    } else {
      weigh(logits, count: count, sharpness: options.sharpness)
      for column in 0..<count { cumulateFiltered(logits, column: column) }
    }
    return logits
  }

  /// Turns one text's weights into the cumulative weights of the tokens that pass the filter.
  private mutating func cumulateFiltered(_ weights: Matrix, column: Int) {
    var kept = (0..<weights.rows).map { weights[$0, column] }
    filter?.apply(to: &kept)
    var sum: Float = 0
    for (token, weight) in kept.enumerated() {
      sum += weight
      weights[token, column] = sum
    }
  }

  /// Samples `tokens` for the first `count` texts by their random numbers.
  mutating func sampleTokens(_ cumulative: Matrix, count: Int) throws(SamplingError) {
    guard choose(cumulative, uniforms: randomNumbers[rows: 0..<count], into: &tokens) else { throw .logitsNotFinite }
  }
}
