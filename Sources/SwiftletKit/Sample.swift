import Inference
import Tokenization

/// A generated text.
public struct Sample: Sendable, Equatable, CustomStringConvertible {
  /// The number of the text in the series that the seed selects.
  public var number: Int
  /// The prompt and its continuation. Bytes that are not UTF-8, which only byte tokens can produce, are U+FFFD.
  public var text: String
  /// The tokens of the prompt and of its continuation.
  public var tokens: [TokenID]
  /// The reason why the text ends.
  public var ending: Ending

  /// True if the text was meant to end here, false if it was cut off by a limit or by the context.
  public var isComplete: Bool { ending.isComplete }

  /// The text.
  public var description: String { text }
}

extension Model {
  /// Generates texts. The same seed gives the same texts on any machine and any number of threads.
  ///
  /// - Throws: `TokenizerError` if the prompt has characters that the model does not know, `SamplingError`.
  public func samples(
    count: Int, temperature: Double = SamplingOptions.defaultTemperature, prompt: String = "", seed: UInt64 = 42,
    threads: Int = 1
  ) throws -> [Sample] {
    try samples(
      0..<count, options: SamplingOptions(temperature: temperature, seed: seed), prompt: prompt, threads: threads)
  }

  /// Generates the texts with these numbers of an endless series. Text number 7 is the same alone and among others.
  ///
  /// - Parameters:
  ///   - numbers: The numbers of the texts in the series.
  ///   - options: The sampling options; the seed in them selects the series.
  ///   - prompt: The beginning of every text.
  ///   - stop: A text that ends a sample wherever it occurs after the prompt; it is not part of the sample.
  ///   - threads: The number of threads. The texts do not depend on it.
  /// - Throws: `TokenizerError` if the prompt has characters that the model does not know, `SamplingError`.
  public func samples(
    _ numbers: Range<Int>, options: SamplingOptions = SamplingOptions(), prompt: String = "", stop: String? = nil,
    threads: Int = 1
  ) throws -> [Sample] {
    let request = try TextRequest(self, options, prompt: prompt, stop: stop)
    return request.samples(
      numbers, from: try network.generate(numbers, request.generationRequest, threads: threads))
  }

  /// -ln of the probability of each sample, in nats, including that of its end if the model predicted it.
  package func nats(of samples: [Sample], threads: Int = 1) -> [Double] {
    let nats = network.nats(of: samples.map(\.tokens), threads: threads)
    return zip(samples, nats).map { sample, nats in
      nats.total - (sample.ending == .boundary ? 0 : Double(nats.each.last ?? 0))
    }
  }
}
