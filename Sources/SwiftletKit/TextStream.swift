import Inference
import ModelFiles
import Support
import Tokenization

/// A text in pieces, as the model writes it: first the prompt, then what follows, only ever whole characters.
///
///     for piece in try model.stream(prompt: "the cat") { print(piece, terminator: "") }
///
/// The pieces together are the text of the same number that `samples` gives.
public final class TextStream: Sequence, IteratorProtocol {
  /// Why the text went on no further; `nil` while it goes on.
  public private(set) var ending: Ending?
  /// What stopped the stream before the text was finished.
  public private(set) var failure: SamplingError?
  private let writing: Writing
  private var generation: Generation
  private var written = 0
  private var hasBegun = false

  init(_ generation: consuming Generation, _ writing: Writing) {
    self.generation = generation
    self.writing = writing
  }

  public func next() -> String? {
    if !hasBegun {
      hasBegun = true
      if !writing.prompt.isEmpty { return String(decoding: writing.prompt, as: UTF8.self) }
    }
    while ending == nil && failure == nil {
      do {
        let text = try generation.stepOne()
        ending = text.ending
        let all = writing.continuation(of: text.tokens.span, ending)
        let piece = all.dropFirst(written)
        written += piece.count
        if !piece.isEmpty { return String(decoding: piece, as: UTF8.self) }
      } catch {
        failure = error
      }
    }
    return nil
  }
}

extension Model {
  /// Text `number` of the series that the options stand for, while it is written.
  public func stream(
    _ number: Int = 0, _ options: SamplingOptions = SamplingOptions(), prompt: String = "", stop: String? = nil
  ) throws -> TextStream {
    let writing = try Writing(tokenizer, options, prompt: prompt, stop: stop)
    return TextStream(try predictor.begin(number, writing.request), writing)
  }
}
