import LanguageModel
import Tokenization

/// A text that a model wrote.
public struct Sample: Sendable {
  /// The prompt and what follows it; bytes that are not UTF-8 (which only byte tokens can make) are U+FFFD here.
  public var text: String
  /// The prompt's tokens and those that were chosen.
  public var tokens: [TokenID]
  /// Why it goes on no further.
  public var ending: Ending

  /// Whether it was meant to end here, and not merely cut off by a limit or the context.
  public var isComplete: Bool { ending.isComplete }
}

extension Model {
  /// `count` new texts. The same seed gives the same texts, on any machine and any number of threads.
  public func samples(
    _ count: Int, temperature: Double = 1, prompt: String = "", seed: UInt64 = 42, threads: Int = 1
  ) throws -> [String] {
    try samples(
      0..<count, SamplingOptions(temperature: temperature, seed: seed), prompt: prompt, threads: threads
    ).map(\.text)
  }

  /// The texts of those numbers in the endless series that the options stand for. Text number 7 is the same alone and among others.
  ///
  /// Every text begins with `prompt`, and ends before the first place after it where `stop` would stand.
  public func samples(
    _ numbers: Range<Int>, _ options: SamplingOptions, prompt: String = "", stop: String? = nil, threads: Int = 1
  ) throws -> [Sample] {
    let request = try Request(self, options, prompt: prompt, stop: stop)
    let texts = try predictor.generate(numbers, request.generation, threads: threads)
    return (0..<texts.count).map { request.sample(texts[$0], texts.ending($0)) }
  }

  /// What to write, with what ends it as text.
  struct Request {
    let generation: GenerationRequest
    private let tokenizer: any Tokenizer
    private let stop: StopText?

    init(_ model: Model, _ options: SamplingOptions, prompt: String, stop: String?) throws {
      let tokenizer = model.tokenizer
      let tokens = try tokenizer.encode(prompt)
      if let unknown = tokenizer.unknown, tokens.contains(unknown) {
        throw SamplingError("the prompt has something that the model's vocabulary lacks; it cannot go on from that.")
      }
      let stop = StopText(stop, after: tokenizer.decode(tokens).count)
      self.stop = stop
      self.tokenizer = tokenizer
      generation = GenerationRequest(
        options, prompt: tokens, forbidden: tokenizer.unsampled,
        shouldStop: stop.map { stop in { @Sendable in stop.position(in: tokenizer.decode($0)) != nil } })
    }

    func sample(_ tokens: Span<TokenID>, _ ending: Ending) -> Sample {
      var bytes = tokenizer.decode(tokens)
      if ending == .stop, let end = stop?.position(in: bytes) { bytes.removeLast(bytes.count - end) }
      return Sample(
        text: String(decoding: bytes, as: UTF8.self), tokens: tokens.indices.map { tokens[$0] }, ending: ending)
    }
  }
}

/// A text that ends others.
struct StopText: Sendable {
  private let bytes: [UInt8]
  /// The bytes of the prompt, in which it may stand.
  private let start: Int

  /// `nil` for a text that is not there or empty.
  init?(_ text: String?, after start: Int) {
    guard let text, !text.isEmpty else { return nil }
    bytes = Array(text.utf8)
    self.start = start
  }

  /// Where it first stands after the prompt.
  func position(in text: [UInt8]) -> Int? {
    guard text.count - start >= bytes.count else { return nil }
    return (start...text.count - bytes.count).first { text[$0..<$0 + bytes.count].elementsEqual(bytes) }
  }
}
