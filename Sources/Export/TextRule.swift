import Support
import Tokenization

/// How a program that has no tables of words and scripts can cut a text into a tokenizer's tokens and join them again.
struct TextRule: Equatable {
  /// `characters`, `words` (what stands between single spaces), or `nil` where only the tokenizer itself can.
  let cut: String?
  /// What stands between the tokens of a text, exactly where `cut` is known and nearly otherwise.
  let between: String

  static let characters = TextRule(cut: "characters", between: "")
  static let words = TextRule(cut: "words", between: " ")

  init(cut: String?, between: String) {
    self.cut = cut
    self.between = between
  }

  init(of tokenizer: some Tokenizer) {
    switch tokenizer.description.name {
    case "character": self = .characters
    case "bpe": self.init(cut: nil, between: "")
    default: self = tokenizer.readsPlainWords ? .words : TextRule(cut: nil, between: " ")
    }
  }
}

extension Tokenizer {
  /// Whether every text of its tokens has one space between each two of them, and is cut at these spaces and nowhere else.
  ///
  /// It is asked: each token twice in a row must become such a text, and the text these tokens again.
  fileprivate var readsPlainWords: Bool {
    guard unknown == nil, description.settings["locale", default: "root"] == "root" else { return false }
    let tokens = vocabulary.indices.flatMap { [$0, $0] }
    let text = tokens.map { vocabulary.text($0) }.joined(separator: " ")
    guard let cut = try? encode(text) else { return false }
    return cut == tokens && decode(tokens).elementsEqual(text.utf8)
  }
}
