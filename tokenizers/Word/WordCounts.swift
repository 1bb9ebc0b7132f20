import Tokenization

/// The counts of the words in a corpus, and the explicit space tokens that it needs.
final class WordCounts {
  private let spaces: WordSpaces
  private var words = Vocabulary()
  private var counts: [Int] = []
  private var shapes: [TokenShape] = []
  /// The explicit tokens of gaps that differ from the prediction.
  private var gaps = Vocabulary()
  /// All white-space characters between words.
  private var whiteSpace = Vocabulary()

  init(_ spaces: WordSpaces) { self.spaces = spaces }

  /// Counts the words of `text`.
  func add(_ text: Span<UInt8>, _ segmenter: WordSegmenter) throws(TokenizerError) {
    switch spaces {
    case .predicted: try addPredicting(text, segmenter)
    case .attached: try addAttaching(text, segmenter)
    }
  }

  private func addAttaching(_ text: Span<UInt8>, _ segmenter: WordSegmenter) throws(TokenizerError) {
    var gapStart = 0
    try segmenter.forEachWord(of: text) { range throws(TokenizerError) in
      let piece = range.attachingSpace(of: text, from: gapStart)
      let word = words.insert(piece, of: text)
      if Int(word) == counts.count { counts.append(0) }
      counts[Int(word)] += 1
      if gapStart < piece.lowerBound { note(gapStart..<piece.lowerBound, of: text, in: &gaps) }
      if gapStart < range.lowerBound { note(gapStart..<range.lowerBound, of: text, in: &whiteSpace) }
      gapStart = range.upperBound
    }
    if gapStart < text.count { note(gapStart..<text.count, of: text, in: &gaps) }
  }

  private func addPredicting(_ text: Span<UInt8>, _ segmenter: WordSegmenter) throws(TokenizerError) {
    var spacing = Spacing()
    var gapStart = 0
    try segmenter.forEachWord(of: text) { range throws(TokenizerError) in
      let word = words.insert(range, of: text)
      if Int(word) == counts.count {
        counts.append(0)
        shapes.append(TokenShape(of: text.extracting(range)))
      }
      counts[Int(word)] += 1
      let shape = shapes[Int(word)]
      let gap = gapStart..<range.lowerBound
      let isSpace = gap.count == 1 && text[gapStart] == 0x20
      let isPredicted = spacing.predictsSpace(before: word, shape) ? isSpace : gap.isEmpty
      if !isPredicted { note(gap, of: text, in: &gaps) }
      if !gap.isEmpty { note(gap, of: text, in: &whiteSpace) }
      spacing.advance(to: word, shape, after: isPredicted ? .predicted : gap.isEmpty ? .nothing : .whiteSpace)
      gapStart = range.upperBound
    }
    if gapStart < text.count { note(gapStart..<text.count, of: text, in: &gaps) }
  }

  private func note(_ gap: Range<Int>, of text: Span<UInt8>, in vocabulary: inout Vocabulary) {
    var start = gap.lowerBound
    repeat {
      let end = gap.isEmpty ? start : start + WhiteSpace.length(at: start, in: text)
      vocabulary.append(text.extracting(start..<end))
      start = end
    } while start < gap.upperBound
  }

  /// Returns the words that are frequent enough, the most frequent first, then `<unk>` if others were left out, then
  /// the explicit space tokens. In a large vocabulary these few come first: they may be frequent, and an adaptive
  /// softmax expects the rare tokens last.
  func vocabulary(minimumCount: Int, maximumSize: Int) throws(TokenizerError) -> (Vocabulary, unknown: TokenID?) {
    let (words, counts, whiteSpace) = (words, counts, whiteSpace)
    var order = words.indices.filter { counts[Int($0)] >= minimumCount }.sorted {
      counts[Int($0)] != counts[Int($1)]
        ? counts[Int($0)] > counts[Int($1)] : words.precedes($0, $1)
    }
    var gaps = gaps
    let isTooLarge = maximumSize > 0 && order.count + gaps.count > maximumSize
    let isCapped = order.count < words.count || isTooLarge
    if isCapped {
      // The prediction beside `<unk>` differs from that beside the word that it replaces, and an unknown word leaves
      // its space, so any gap may need its token.
      if spaces == .predicted { gaps.append([UInt8]().span) }
      for space in whiteSpace.indices { gaps.append(whiteSpace[space]) }
    }
    if maximumSize > 0 { order = Array(order.prefix(max(0, maximumSize - gaps.count - (isCapped ? 1 : 0)))) }
    guard !order.isEmpty || !isCapped && gaps.count > 0 else {
      throw .emptyVocabulary(
        remedy: words.count == 0
          ? "the corpus has no words"
          : "no word occurs \(minimumCount) times within a vocabulary of \(maximumSize); "
            + "choose a smaller --min-count or a larger --max-vocabulary")
    }
    var vocabulary = Vocabulary()
    let wordsComeFirst = order.count < 4096
    if wordsComeFirst { for word in order { vocabulary.append(words[word]) } }
    let unknown = isCapped ? vocabulary.insert("<unk>") : nil
    for gap in gaps.sortedIndices { vocabulary.append(gaps[gap]) }
    if !wordsComeFirst { for word in order { vocabulary.append(words[word]) } }
    return (vocabulary, unknown)
  }
}
