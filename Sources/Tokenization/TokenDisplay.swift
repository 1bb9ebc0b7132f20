import Support

extension Tokenizer {
  /// Returns a token as text for people: `␣` for a space, escapes for control characters, and `∅` for the empty token,
  /// which stands for a missing space.
  ///
  ///     try tokenizer.encode("C++ is").map(tokenizer.displayText)   // ["C", "∅", "+", "+", "is"]
  package func displayText(of token: TokenID) -> String { visible(vocabulary.text(token)) }
}

private func visible(_ text: String) -> String {
  if text.isEmpty { return "∅" }
  var result = ""
  for scalar in text.escapingInvisibles.unicodeScalars { result.unicodeScalars.append(scalar == " " ? "␣" : scalar) }
  return result
}
