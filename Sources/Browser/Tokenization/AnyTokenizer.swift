/// What training needs of a tokenizer of any kind.
package struct AnyTokenizer: Sendable {
  package let description: TokenizerDescription
  package let unknown: TokenID?
  private let decoding: @Sendable (Span<TokenID>) -> [UInt8]

  fileprivate init(_ tokenizer: some Tokenizer) {
    description = tokenizer.description
    unknown = tokenizer.unknown
    decoding = { tokenizer.decode($0) }
  }

  /// Returns the UTF-8 bytes of the text that `tokens` encode.
  package func decode(_ tokens: some Sequence<TokenID>) -> [UInt8] {
    let tokens = Array(tokens)
    return decoding(tokens.span)
  }
}

extension Tokenizer {
  /// This tokenizer, as one of any kind.
  package var erased: AnyTokenizer { AnyTokenizer(self) }
}
