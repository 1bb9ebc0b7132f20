import Tokenization

/// Generated texts as tokens, without boundaries: the prompt's tokens and those that were sampled.
package struct GeneratedSequences: Sendable {
  private struct Sequence {
    var range = 0..<0
    var ending = Ending.boundary
  }

  private var tokens: [TokenID] = []
  private var sequences: [Sequence]

  /// Makes room for `count` sequences, empty at first.
  init(count: Int) { sequences = Array(repeating: Sequence(), count: count) }

  package var count: Int { sequences.count }

  package subscript(index: Int) -> Span<TokenID> {
    @_lifetime(borrow self)
    get { tokens.span.extracting(sequences[index].range) }
  }

  package func ending(of index: Int) -> Ending { sequences[index].ending }

  mutating func set(_ index: Int, to sequence: ArraySlice<TokenID>, ending: Ending) {
    sequences[index] = Sequence(range: tokens.count..<tokens.count + sequence.count, ending: ending)
    tokens.append(contentsOf: sequence)
  }

  mutating func append(contentsOf others: GeneratedSequences) {
    let offset = tokens.count
    tokens.append(contentsOf: others.tokens)
    sequences.append(
      contentsOf: others.sequences.lazy.map {
        Sequence(range: offset + $0.range.lowerBound..<offset + $0.range.upperBound, ending: $0.ending)
      })
  }
}
