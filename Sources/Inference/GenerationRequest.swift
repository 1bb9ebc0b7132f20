import Tokenization

/// A series of texts to generate, as tokens.
package struct GenerationRequest: Sendable {
  package var options: SamplingOptions
  /// What every text follows, instead of the boundary: a line break, for a model that knows few beginnings of documents
  /// and many of lines.
  package var predecessor: TokenID?
  /// The tokens that every text starts with.
  package var prompt: [TokenID]
  /// Tokens that are never sampled.
  package var forbidden: Set<TokenID>
  /// Called with a text after every token; returns true if the text ends there.
  package var shouldStop: (@Sendable (Span<TokenID>) -> Bool)?

  package init(
    _ options: SamplingOptions, after predecessor: TokenID? = nil, prompt: [TokenID] = [], forbidden: Set<TokenID> = [],
    shouldStop: (@Sendable (Span<TokenID>) -> Bool)? = nil
  ) {
    self.options = options
    self.predecessor = predecessor
    self.prompt = prompt
    self.forbidden = forbidden
    self.shouldStop = shouldStop
  }
}
