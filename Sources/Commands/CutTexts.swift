import Inference
import Support
import SwiftletKit
import Terminal

/// The generated texts of a command that ended before the model ended them.
struct CutTexts {
  private let context: Int
  private let maxTokens: Int?
  private var texts = 0
  private var atContext = 0
  private var atLimit = 0

  init(of model: Model, _ options: SamplingOptions) {
    context = model.configuration.context
    maxTokens = options.maxTokens
  }

  /// Counts a text.
  mutating func add(_ ending: Ending?) {
    texts += 1
    if ending == .context { atContext += 1 }
    if ending == .limit { atLimit += 1 }
  }

  /// The mark after a text that was cut. A file or pipe gets the text alone.
  static func mark(after ending: Ending?) -> String {
    ending?.isComplete == false && StandardStream.output.isTerminal ? " …" : ""
  }

  /// Says on standard error how many texts were cut, and the fix.
  func note() throws {
    if atContext > 0 {
      try note(
        atContext,
        "at the model's context of \(context.of("token")); to get longer ones, give --max-tokens.")
    }
    if atLimit > 0, let maxTokens {
      try note(atLimit, "at --max-tokens \(maxTokens); to get longer ones, give a larger number or leave it out.")
    }
  }

  private func note(_ count: Int, _ cause: String) throws {
    let share = (Double(count) / Double(texts)).percent
    try StandardStream.error.writeLine(
      "swiftlet: \(count.grouped) of \(texts.of("text")) (\(share)) \(count == 1 ? "was" : "were") cut off \(cause)")
  }
}

extension Model {
  /// True if generated texts may have several lines.
  var writesLineBreaks: Bool {
    tokenizer.vocabulary.indices.contains { id in
      let bytes = tokenizer.vocabulary[id]
      return bytes.indices.contains { bytes[$0] == UInt8(ascii: "\n") }
    }
  }
}
