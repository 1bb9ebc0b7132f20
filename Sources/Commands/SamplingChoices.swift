import CommandOptions
import Inference
import Support
import Tokenization

/// The sampling options of every command that generates text.
struct SamplingChoices: ParsableArguments {
  @Option(in: .atLeast(0), help: "The randomness: below 1 favors likely tokens; 0 always takes the likeliest.")
  var temperature = SamplingOptions.defaultTemperature
  @Option(in: .atLeast(1), default: "all", help: "Sample from only this many of the likeliest tokens.") var topK: Int?
  @Option(
    in: .moreThan(0, to: 1), default: "1",
    help: "Sample from only the likeliest tokens that together have this probability.")
  var topP: Fraction?
  @Option(
    in: .from(0, to: 1), default: "0",
    help: "Sample from only tokens with at least this fraction of the highest probability.")
  var minP: Fraction?
  @Option(in: .moreThan(0), help: "Make tokens that are already in the text less likely: 1.1 slightly, 1.5 strongly.")
  var repetitionPenalty = 1.0
  @Option(in: .atLeast(0), help: "Do not let the model end a text before it has generated this many tokens.")
  var minTokens = 0
  @Option(
    in: .atLeast(1), default: "what the context holds",
    help: "The most tokens to generate; more than the context holds is possible.")
  var maxTokens: Int?
  @Option(help: "The seed of the random numbers; the same seed gives the same texts.") var seed = Seed(42)

  func validate() throws {
    if let maxTokens, minTokens > maxTokens {
      throw ValidationError("--min-tokens \(minTokens) is more than --max-tokens \(maxTokens)")
    }
  }

  var options: SamplingOptions {
    var options = SamplingOptions(temperature: temperature, seed: seed.number)
    options.topK = topK
    options.topP = topP?.value
    options.minP = minP?.value
    options.repetitionPenalty = repetitionPenalty
    options.minTokens = minTokens
    options.maxTokens = maxTokens
    return options
  }
}
