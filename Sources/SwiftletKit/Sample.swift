import Inference
import ModelFiles
import Support
import Tokenization
import TrainingEngine

/// A text that a model wrote.
public struct Sample: Sendable {
  /// Its place in the series of texts that the seed stands for.
  public var number: Int
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
    let writing = try Writing(tokenizer, options, prompt: prompt, stop: stop)
    let texts = try predictor.generate(numbers, writing.request, threads: threads)
    return numbers.enumerated().map { writing.sample($1, texts[$0], texts.ending($0)) }
  }

  /// Whether `text` is none of those that the model was trained on; `nil` when the model's file does not tell.
  public func isNew(_ text: String) -> Bool? {
    file.documents.map { !$0.contains(text) }
  }

  /// -ln of the probability of each of `samples`, in nats; that of its end is included where it has one.
  public func nats(of samples: [Sample], threads: Int = 1) -> [Double] {
    let nats = predictor.nats(of: samples.map(\.tokens), threads: threads)
    return zip(samples, nats).map { sample, nats in
      nats.total - (sample.ending == .boundary ? 0 : Double(nats.each.last ?? 0))
    }
  }
}

/// What is to be written, and how its tokens become text.
struct Writing: Sendable {
  let request: GenerationRequest
  let prompt: [UInt8]
  private let tokenizer: any Tokenizer
  private let stop: StopText?
  /// The bytes that the prompt's tokens decode to; others than the prompt's where it has unknown words.
  private let decodedPromptCount: Int

  init(_ tokenizer: any Tokenizer, _ options: SamplingOptions, prompt: String, stop: String?) throws {
    let tokens = try tokenizer.encode(prompt)
    let stop = StopText(stop)
    let decodedPromptCount = tokenizer.decode(tokens).count
    self.prompt = Array(try tokenizer.normalized(prompt).utf8)
    self.stop = stop
    self.decodedPromptCount = decodedPromptCount
    self.tokenizer = tokenizer
    request = GenerationRequest(
      options, prompt: tokens, forbidden: tokenizer.unsampled,
      shouldStop: stop.map { stop in
        { @Sendable in stop.position(in: tokenizer.decode($0).dropFirst(decodedPromptCount)) != nil }
      })
  }

  func sample(_ number: Int, _ tokens: Span<TokenID>, _ ending: Ending) -> Sample {
    Sample(
      number: number, text: String(decoding: prompt + continuation(of: tokens, ending), as: UTF8.self),
      tokens: tokens.indices.map { tokens[$0] }, ending: ending)
  }

  /// The bytes that `tokens` say after the prompt; `ending` is `nil` while more are to come, which may turn what is last here into
  /// something else: half a character, or the beginning of the text that ends it.
  func continuation(of tokens: Span<TokenID>, _ ending: Ending?) -> ArraySlice<UInt8> {
    let bytes = tokenizer.decode(tokens).dropFirst(decodedPromptCount)
    switch ending {
    case .stop: return bytes[..<(stop?.position(in: bytes) ?? bytes.endIndex)]
    case nil: return bytes.dropLast(max(stop?.beginning(atEndOf: bytes) ?? 0, bytes.incompleteCharacter))
    default: return bytes
    }
  }
}

/// A text that ends others.
struct StopText: Sendable {
  private let bytes: [UInt8]

  /// `nil` for a text that is not there or empty.
  init?(_ text: String?) {
    guard let text, !text.isEmpty else { return nil }
    bytes = Array(text.utf8)
  }

  /// Where it first stands.
  func position(in text: ArraySlice<UInt8>) -> Int? {
    guard text.count >= bytes.count else { return nil }
    return (text.startIndex...text.endIndex - bytes.count).first { text[$0...].starts(with: bytes) }
  }

  /// How many of its first bytes `text` ends with.
  func beginning(atEndOf text: ArraySlice<UInt8>) -> Int {
    (0..<bytes.count).last { text.suffix($0).elementsEqual(bytes.prefix($0)) } ?? 0
  }
}

extension ArraySlice<UInt8> {
  /// How many of the last bytes begin a character of UTF-8 that needs more.
  fileprivate var incompleteCharacter: Int {
    for (index, byte) in suffix(3).reversed().enumerated() where byte & 0xc0 != 0x80 {
      let length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
      return length > index + 1 ? index + 1 : 0
    }
    return 0
  }
}
