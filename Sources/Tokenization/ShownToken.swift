import Support

extension Tokenizer {
  /// The token as a person can see it: a space as `␣`, control characters spelled out, and `∅` for the empty token,
  /// which says that no space stands where one would be expected.
  ///
  ///     try tokenizer.encode("C++ is").map(tokenizer.shown)   // ["C", "∅", "+", "+", "is"]
  package func shown(_ token: TokenID) -> String {
    let text = vocabulary.text(token)
    if text.isEmpty { return "∅" }
    var result = ""
    for character in text.escapingInvisibles { result += character == " " ? "␣" : String(character) }
    return result
  }
}
