import Inference
import Tokenization

/// A series of texts to generate: turns a prompt into tokens, and generated tokens into text.
struct TextRequest: Sendable {
  let generationRequest: GenerationRequest
  /// The normalized prompt.
  let prompt: [UInt8]
  private let tokenizer: any Tokenizer
  private let stop: StopText?
  /// The number of bytes that the prompt's tokens decode to, which differ from the prompt if it has unknown words.
  private let decodedPromptCount: Int

  init(_ model: Model, _ options: SamplingOptions, prompt: String, stop: String?) throws {
    let tokenizer = model.tokenizer
    let (normal, tokens) = try tokenizer.encodePrompt(prompt)
    let stop = StopText(stop)
    let decodedPromptCount = tokenizer.decode(tokens).count
    self.prompt = Array(normal.utf8)
    self.stop = stop
    self.decodedPromptCount = decodedPromptCount
    self.tokenizer = tokenizer
    generationRequest = GenerationRequest(
      options, after: model.file.lineBreakBeforeTexts, prompt: tokens, forbidden: tokenizer.unsampled,
      shouldStop: stop.map { stop in
        { @Sendable in stop.firstPosition(in: tokenizer.decode($0).dropFirst(decodedPromptCount)) != nil }
      })
  }

  func samples(_ numbers: Range<Int>, from sequences: GeneratedSequences) -> [Sample] {
    numbers.enumerated().map { index, number in
      let (tokens, ending) = (sequences[index], sequences.ending(of: index))
      let text = String(decoding: prompt + continuation(of: tokens, ending), as: UTF8.self)
      return Sample(number: number, text: text, tokens: tokens.indices.map { tokens[$0] }, ending: ending)
    }
  }

  /// The text after the prompt.
  ///
  /// - Parameter ending: `nil` for an unfinished text. Bytes that later tokens may change are left out of it: an
  ///   incomplete character, or the start of the stop text.
  func continuation(of tokens: Span<TokenID>, _ ending: Ending?) -> ArraySlice<UInt8> {
    let bytes = tokenizer.decode(tokens).dropFirst(decodedPromptCount)
    switch ending {
    case .stop: return bytes[..<(stop?.firstPosition(in: bytes) ?? bytes.endIndex)]
    case nil: return bytes.dropLast(max(stop?.prefixCount(atEndOf: bytes) ?? 0, bytes.incompleteCharacterCount))
    default: return bytes
    }
  }
}

extension Tokenizer {
  /// Returns a prompt in its normal form, and its tokens.
  ///
  /// Where the space before a word has no token, because it is predicted, a space at the end of a prompt is left out.
  package func encodePrompt(_ prompt: String) throws(TokenizerError) -> (text: String, tokens: [TokenID]) {
    let text = try normalized(prompt)
    do throws(TokenizerError) {
      return (text, try encode(text))
    } catch {
      guard case .unknownSpacing(let gap, let offset, _) = error, !gap.isEmpty,
        offset + gap.utf8.count == text.utf8.count
      else { throw error }
      let rest = String(decoding: text.utf8.prefix(offset), as: UTF8.self)
      return (rest, try encode(rest))
    }
  }
}

/// A text that ends a sample.
private struct StopText: Sendable {
  private let bytes: [UInt8]

  /// `nil` for no text and for the empty one.
  init?(_ text: String?) {
    guard let text, !text.isEmpty else { return nil }
    bytes = Array(text.utf8)
  }

  func firstPosition(in text: ArraySlice<UInt8>) -> Int? {
    guard text.count >= bytes.count else { return nil }
    return (text.startIndex...text.endIndex - bytes.count).first { text[$0...].starts(with: bytes) }
  }

  /// The length of the longest proper prefix of the stop text that `text` ends with.
  func prefixCount(atEndOf text: ArraySlice<UInt8>) -> Int {
    (0..<bytes.count).last { text.suffix($0).elementsEqual(bytes.prefix($0)) } ?? 0
  }
}

extension ArraySlice<UInt8> {
  /// The number of bytes at the end that are the start of an incomplete UTF-8 character.
  fileprivate var incompleteCharacterCount: Int {
    for (index, byte) in suffix(3).reversed().enumerated() where byte & 0xc0 != 0x80 {
      let length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
      return length > index + 1 ? index + 1 : 0
    }
    return 0
  }
}
