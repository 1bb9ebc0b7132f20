import Tokenization

extension Model {
  /// Returns `text`, normalized, without the pieces that have no token, and these pieces. A space that stood beside a
  /// piece goes with it.
  package func withoutUnknownText(_ text: String) throws(TokenizerError) -> (text: String, pieces: [String]) {
    var bytes = Array(try tokenizer.normalized(text).utf8)
    var pieces: [String] = []
    // White space between two words may be unknown after the word between them is gone.
    for _ in 0..<3 {
      let ranges = try tokenizer.unknownPieces(ofNormalized: bytes.span)
      if ranges.isEmpty { break }
      let found = ranges.map { String(decoding: bytes[$0], as: UTF8.self) }
      pieces += found.filter { !$0.allSatisfy(\.isWhitespace) }
      for range in ranges.reversed() { bytes.removePiece(range) }
    }
    return (String(decoding: bytes, as: UTF8.self), pieces)
  }
}

extension [UInt8] {
  /// Removes the bytes of a word, and the space before or after it, where another or nothing is on its other side.
  fileprivate mutating func removePiece(_ range: Range<Int>) {
    func isSpace(_ index: Int) -> Bool { indices.contains(index) && self[index] == UInt8(ascii: " ") }
    let endsText = range.upperBound == count
    var range = range
    if isSpace(range.lowerBound - 1) && (endsText || isSpace(range.upperBound)) {
      range = range.lowerBound - 1..<range.upperBound
    } else if range.lowerBound == 0 && isSpace(range.upperBound) {
      range = 0..<range.upperBound + 1
    }
    removeSubrange(range)
  }
}
