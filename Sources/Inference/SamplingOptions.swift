/// The rules by which each next token is sampled.
///
///     var options = SamplingOptions(temperature: 0.5)
///     options.topP = 0.9
public struct SamplingOptions: Sendable, Equatable {
  /// The divisor of the logits: below 1, likely tokens become likelier. At 0 the likeliest token is taken, among equals
  /// the first.
  public var temperature: Double
  /// The temperature unless another is given, here and in the tool, its reports, pages and exports.
  public static let defaultTemperature = 0.8
  /// Keeps only this many of the likeliest tokens.
  public var topK: Int?
  /// Keeps only the smallest set of likeliest tokens whose probabilities add up to this.
  public var topP: Double?
  /// Keeps only tokens that are at least this many times as likely as the likeliest.
  public var minP: Double?
  /// The divisor of the positive logits, and the factor of the negative ones, of tokens that the text already contains.
  public var repetitionPenalty: Double
  /// The number of tokens to add to the prompt before which the model does not end a text.
  public var minTokens: Int
  /// The largest number of tokens to add to the prompt, which may be more than the context holds; `nil` for as many as
  /// it holds.
  public var maxTokens: Int?
  /// Selects a series of texts. Text number `n` of a series is the same alone and among others.
  public var seed: UInt64

  /// Options that differ from the defaults only where they are given.
  public init(
    temperature: Double = defaultTemperature, topK: Int? = nil, topP: Double? = nil, minP: Double? = nil,
    repetitionPenalty: Double = 1, minTokens: Int = 0, maxTokens: Int? = nil, seed: UInt64 = 42
  ) {
    self.temperature = temperature
    self.topK = topK
    self.topP = topP
    self.minP = minP
    self.repetitionPenalty = repetitionPenalty
    self.minTokens = minTokens
    self.maxTokens = maxTokens
    self.seed = seed
  }

  /// Throws if an option has a value that nothing can be sampled with.
  package func validate() throws(SamplingError) {
    func require(_ holds: Bool, _ name: String, _ value: some CustomStringConvertible, _ rule: String)
      throws(SamplingError)
    {
      guard holds else { throw .invalidOption("the \(name) is \(value); it must be \(rule).") }
    }
    try require(temperature >= 0 && temperature.isFinite, "temperature", temperature, "0 or more")
    try require(
      repetitionPenalty > 0 && repetitionPenalty.isFinite, "repetition penalty", repetitionPenalty, "more than 0")
    if let topK { try require(topK >= 1, "top-k", topK, "1 or more") }
    if let topP { try require(topP > 0 && topP <= 1, "top-p", topP, "more than 0 and at most 1") }
    if let minP { try require(minP >= 0 && minP <= 1, "min-p", minP, "from 0 to 1") }
    try require(minTokens >= 0, "minimum number of tokens", minTokens, "0 or more")
    if let maxTokens {
      try require(maxTokens >= 1, "maximum number of tokens", maxTokens, "1 or more")
      try require(minTokens <= maxTokens, "minimum number of tokens", minTokens, "at most the maximum, \(maxTokens)")
    }
  }

  /// The filter that top-k, top-p and min-p ask for, if they ask for any.
  var filter: TokenFilter? {
    topK == nil && (topP ?? 1) == 1 && (minP ?? 0) == 0 ? nil : TokenFilter(topK: topK, topP: topP, minP: minP)
  }

  /// The factor of the logits. It is never zero: zero times the infinite logit of a forbidden token would not be a
  /// number.
  var sharpness: Float { Float(min(max(1 / temperature, 1e-30), 1e30)) }
}
