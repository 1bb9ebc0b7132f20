import Tokenization
import UnicodeRules

extension Range<Int> {
  /// Returns this range of a word, extended by the space before it unless it lies before `start`.
  @inline(__always)
  func attachingSpace(of text: Span<UInt8>, from start: Int) -> Range<Int> {
    lowerBound > start && text[lowerBound - 1] == 0x20 ? lowerBound - 1..<upperBound : self
  }
}

extension WordTokenizer {
  /// The export rule for words with the spaces before them.
  ///
  /// A token joins characters that are in one word in every text, apart from dictionaries and flags. So no token
  /// reaches beyond a word of the text, and the words themselves are the longest tokens that match.
  var attachedRule: ExportRule {
    let isLongest = unknown == nil && !hasContextualWords && hasWholeWords
    return ExportRule(
      splitting: isLongest ? .longest : nil, normalForm: form.normalization.exportForm, lowercases: form.lowercases)
  }

  /// True if the words of a text may depend on more than their own characters and the next.
  private var hasContextualWords: Bool {
    if !settings["keep"].isEmpty || form.lowercases && settings["locale"] != "root" { return true }
    return vocabulary.indices.contains { id in
      !vocabulary[id].isASCII && vocabulary.text(id).unicodeScalars.contains { Self.isContextual($0.value) }
    }
  }

  /// True if each token is what a text of its bytes is split into.
  private var hasWholeWords: Bool {
    vocabulary.indices.allSatisfy { id in
      var tokens: [TokenID] = []
      return (try? encode(vocabulary[id], into: &tokens)) != nil && tokens == [id]
    }
  }

  /// True for scripts whose words dictionaries find, and for regional indicators, of which two make a flag.
  private static func isContextual(_ scalar: UInt32) -> Bool {
    TokenShape.isWrittenWithoutSpaces(scalar) || (0x1f1e6...0x1f1ff).contains(scalar)
  }
}
