/// How tokens are chosen, one after the other.
///
///     var options = SamplingOptions()
///     options.temperature = 0.5
///     options.topP = 0.9
public struct SamplingOptions: Sendable, Equatable {
  /// What scores are divided by: below 1 the likely becomes likelier. At 0 the likeliest token is taken, of equal ones the first.
  public var temperature = 1.0
  /// Only this many of the likeliest tokens are left to choose from.
  public var topK: Int?
  /// Only the likeliest tokens are left whose probabilities just come to this together.
  public var topP: Double?
  /// Only tokens are left that are at least this many times as likely as the likeliest.
  public var minP: Double?
  /// What the scores of tokens that the text has already are divided by, or multiplied by where they are negative.
  public var repetitionPenalty = 1.0
  /// The most tokens to add to the prompt; the context is a limit besides.
  public var maxTokens: Int?
  /// Stands for a whole series of texts: text number `index` is the same alone and among others.
  public var seed: UInt64 = 42

  /// The default options: temperature 1, no filter, seed 42.
  public init() {}

  /// Options without a filter.
  public init(temperature: Double, seed: UInt64 = 42) {
    self.temperature = temperature
    self.seed = seed
  }

  /// Refuses numbers that mean nothing.
  public func check() throws(SamplingError) {
    func require(_ holds: Bool, _ name: String, _ value: some CustomStringConvertible, _ rule: String)
      throws(SamplingError)
    {
      guard holds else { throw SamplingError("the \(name) is \(value); it must be \(rule).") }
    }
    try require(temperature >= 0 && temperature.isFinite, "temperature", temperature, "0 or more")
    try require(
      repetitionPenalty > 0 && repetitionPenalty.isFinite, "repetition penalty", repetitionPenalty, "more than 0")
    if let topK { try require(topK >= 1, "top-k", topK, "1 or more") }
    if let topP { try require(topP > 0 && topP <= 1, "top-p", topP, "more than 0 and at most 1") }
    if let minP { try require(minP >= 0 && minP <= 1, "min-p", minP, "from 0 to 1") }
    if let maxTokens { try require(maxTokens >= 1, "most tokens", maxTokens, "1 or more") }
  }

  /// Whether every token can be chosen that the model deems possible.
  var isUnfiltered: Bool { topK == nil && (topP ?? 1) == 1 && (minP ?? 0) == 0 }

  /// What scores are multiplied by; not zero, which times the infinite score of a forbidden token would be no number.
  var sharpness: Float { Float(min(max(1 / temperature, 1e-30), 1e30)) }
}

/// Why no text can be made as it was asked for: a sentence.
public struct SamplingError: Error, Equatable, CustomStringConvertible {
  public let description: String

  /// An error with that sentence.
  public init(_ description: String) { self.description = description }
}
