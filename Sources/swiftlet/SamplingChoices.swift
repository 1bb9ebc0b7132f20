import CommandOptions
import Inference
import Support
import Tokenization

/// How tokens are chosen: the options of every command that writes texts.
struct SamplingChoices: ParsableArguments {
  @Option(in: .atLeast(0), help: "Below 1 the likely becomes likelier, above 1 less likely; 0 takes the likeliest.")
  var temperature = 1.0
  @Option(in: .atLeast(1), default: "all", help: "Choose among this many of the likeliest tokens.") var topK: Int?
  @Option(
    in: .moreThan(0, to: 1), default: "1",
    help: "Choose among the likeliest tokens that just reach this probability together.")
  var topP: Double?
  @Option(
    in: .from(0, to: 1), default: "0", help: "Choose among tokens at least this many times as likely as the likeliest.")
  var minP: Double?
  @Option(in: .moreThan(0), help: "Makes tokens that the text has already less likely; 1.1 a little, 1.5 a lot.")
  var repetitionPenalty = 1.0
  @Option(in: .atLeast(1), default: "the context", help: "The most tokens to add.") var maxTokens: Int?
  @Option(help: "Where the random numbers start; the same seed gives the same texts.") var seed: UInt64 = 42

  var options: SamplingOptions {
    var options = SamplingOptions(temperature: temperature, seed: seed)
    options.topK = topK
    options.topP = topP
    options.minP = minP
    options.repetitionPenalty = repetitionPenalty
    options.maxTokens = maxTokens
    return options
  }
}
