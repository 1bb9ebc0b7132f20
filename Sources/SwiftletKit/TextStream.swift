import Inference
import Tokenization

/// A text that arrives in pieces while it is generated: first the prompt, then whole characters of what follows.
///
///     for try await piece in model.stream(prompt: "the cat") { print(piece, terminator: "") }
///
/// The pieces together are the text of the sample with the same number. Nothing is computed before the first piece is
/// asked for. Errors are thrown by the iteration: `TokenizerError` if the prompt has characters that the model does not
/// know, `SamplingError`, and `CancellationError` if the task is cancelled.
public struct TextStream: AsyncSequence, Sendable {
  let model: Model
  let number: Int
  let options: SamplingOptions
  let prompt: String
  let stop: String?

  public func makeAsyncIterator() -> Iterator { Iterator(self) }

  /// Generates the text of a stream.
  public struct Iterator: AsyncIteratorProtocol {
    private let stream: TextStream
    private var pieces: TextPieces?

    init(_ stream: TextStream) { self.stream = stream }

    /// The reason why the text ends, or `nil` while more pieces may follow.
    public var ending: Ending? { pieces?.ending }

    /// The next piece, or `nil` at the end of the text.
    @concurrent public mutating func next() async throws -> String? {
      try Task.checkCancellation()
      if pieces == nil {
        pieces = try stream.model.pieces(
          stream.number, options: stream.options, prompt: stream.prompt, stop: stream.stop)
      }
      return try pieces?.next()
    }
  }
}

extension Model {
  /// Streams one text.
  ///
  /// - Parameters:
  ///   - number: The number of the text in the series that the options select.
  ///   - options: The sampling options; the seed in them selects the series.
  ///   - prompt: The beginning of the text.
  ///   - stop: A text that ends the stream wherever it occurs after the prompt; it is not part of the stream.
  public func stream(
    number: Int = 0, options: SamplingOptions = SamplingOptions(), prompt: String = "", stop: String? = nil
  ) -> TextStream {
    TextStream(model: self, number: number, options: options, prompt: prompt, stop: stop)
  }

  /// The same pieces as those of the stream, for a caller that waits for each.
  package func pieces(
    _ number: Int, options: SamplingOptions, prompt: String = "", stop: String? = nil
  ) throws -> TextPieces {
    let request = try TextRequest(self, options, prompt: prompt, stop: stop)
    return TextPieces(request, try network.generator(ofText: number, request.generationRequest))
  }
}

/// The pieces of a text, each generated when it is asked for.
package final class TextPieces {
  /// The reason why the text ends, or `nil` while more pieces may follow.
  package private(set) var ending: Ending?
  private let request: TextRequest
  private var generator: Generator
  private var returnedCount = 0
  private var hasReturnedPrompt = false

  init(_ request: TextRequest, _ generator: consuming Generator) {
    self.request = request
    self.generator = generator
  }

  /// The next piece, or `nil` at the end of the text.
  package func next() throws(SamplingError) -> String? {
    if !hasReturnedPrompt {
      hasReturnedPrompt = true
      if !request.prompt.isEmpty { return String(decoding: request.prompt, as: UTF8.self) }
    }
    while ending == nil {
      let text = try generator.stepOnlyText()
      ending = text.ending
      let piece = request.continuation(of: text.tokens.span, ending).dropFirst(returnedCount)
      returnedCount += piece.count
      if !piece.isEmpty { return String(decoding: piece, as: UTF8.self) }
    }
    return nil
  }
}
