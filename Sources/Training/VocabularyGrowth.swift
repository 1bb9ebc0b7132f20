import GPT
import Support
import Tokenization

/// To go on from a trained model with a corpus that has more characters or words than its own.
extension Tokenizer {
  /// The pieces of `documents` that are not in the vocabulary and that no other token stands for.
  ///
  /// What training this kind of tokenizer on `documents` would find comes first, in that order.
  package func unknownPieces(in documents: Documents) throws(TokenizerError) -> [[UInt8]] {
    if unknown != nil { return [] }
    var pieces: [[UInt8]] = []
    var grown = self
    func add(_ more: [[UInt8]]) throws(TokenizerError) {
      pieces += more
      grown = try self.grown(by: pieces)
    }
    try add(newEntries(of: documents))
    var tokens: [TokenID] = []
    for index in 0..<documents.count {
      tokens.removeAll(keepingCapacity: true)
      while let piece = try grown.firstUnknownPiece(of: documents[index].span, into: &tokens) { try add([piece]) }
    }
    return pieces
  }

  /// The same tokenizer with `pieces` as further tokens behind the others, whose numbers stay.
  package func grown(by pieces: [[UInt8]]) throws(TokenizerError) -> Self {
    var description = description
    for piece in pieces { description.vocabulary.append(piece.span) }
    return try Self(description)
  }

  /// What a tokenizer of this kind and these settings learns from `documents` and this one cannot encode.
  private func newEntries(of documents: Documents) throws(TokenizerError) -> [[UInt8]] {
    let names = Set(Self.settings.map(\.name))
    let fresh = try Self(training: documents, settings: description.settings.filter { names.contains($0.key) })
    return fresh.vocabulary.indices.compactMap { id in
      let entry = Array(copying: fresh.vocabulary[id])
      guard id != fresh.unknown && vocabulary.id(of: entry.span) == nil else { return nil }
      var tokens: [TokenID] = []
      let isKnown = !entry.isEmpty && (try? encode(entry.span, into: &tokens)) != nil
      return isKnown ? nil : entry
    }
  }

  /// The first piece of `text` that is not in the vocabulary; `nil` when all are.
  private func firstUnknownPiece(
    of text: Span<UInt8>, into tokens: inout [TokenID]
  ) throws(TokenizerError) -> [UInt8]? {
    do throws(TokenizerError) {
      try encode(text, into: &tokens)
      return nil
    } catch {
      guard case .unknownText(let piece, _, _, _) = error, vocabulary.id(of: Array(piece.utf8).span) == nil else {
        throw error
      }
      return Array(piece.utf8)
    }
  }
}

extension Weights {
  /// The same model with `count` more tokens: their rows are as random as those of a new model, and the boundary stays the last.
  package func grown(by count: Int, seed: UInt64) throws(ConfigurationError) -> Weights {
    let old = configuration
    let grown = try Configuration(
      layers: old.layers, embedding: old.embedding, heads: old.heads, context: old.context,
      vocabulary: old.vocabulary + count, activation: old.activation,
      bigrams: old.rows(ofRuns: 2, in: old.vocabulary + count),
      trigrams: old.rows(ofRuns: 3, in: old.vocabulary + count))
    var weights = Weights(zeros: grown)
    var random = RandomSource(seed: seed, stream: RandomStream.grownWeights)
    let tables = old.ngramTables.count
    for (tensor, (shape, oldShape)) in zip(grown.tensors, old.tensors).dropLast(tables).enumerated() {
      guard shape.rows != oldShape.rows else {
        weights.tensors[tensor] = tensors[tensor]
        continue
      }
      let boundary = (oldShape.rows - 1) * oldShape.columns
      let rows = (0..<count * shape.columns).map { _ in Float(grown.initialDeviation * random.normal()) }
      weights.tensors[tensor] = tensors[tensor][..<boundary] + rows + tensors[tensor][boundary...]
    }
    for (table, tensor) in zip(0..<tables, (tensors.count - tables)...) {
      weights.tensors[tensor] = moved(
        tensor, from: old.ngramTables[table], to: grown.ngramTables[table], using: &random)
    }
    return weights
  }

  /// A table of runs for more tokens: where each run had a row, with that row in its new place; runs that share rows keep them.
  private func moved(
    _ tensor: Int, from old: NGramTable, to grown: NGramTable, using random: inout RandomSource
  ) -> [Float] {
    guard old.hasRowForEach && old != grown else { return tensors[tensor] }
    let width = configuration.embedding
    let tokens = Int32(configuration.vocabulary)
    func inGrown(_ token: Int32) -> Int32 { token == old.boundary ? grown.boundary : token }
    var values = (0..<grown.rows * width).map { _ in Float(configuration.initialDeviation * random.normal()) }
    for earlier in old.length == 2 ? 0..<1 : 0..<tokens {
      for before in 0..<tokens {
        for token in 0..<tokens {
          let source = width * Int(old.row(token, after: before, earlier))
          let target = width * Int(grown.row(inGrown(token), after: inGrown(before), inGrown(earlier)))
          for column in 0..<width { values[target + column] = tensors[tensor][source + column] }
        }
      }
    }
    return values
  }
}

extension Configuration {
  /// How many rows a table for runs of `length` tokens needs when the vocabulary has `vocabulary`: one for each run where each has one, as
  /// long as that makes a small table, or else as many as it has.
  fileprivate func rows(ofRuns length: Int, in vocabulary: Int) -> Int {
    guard let table = ngramTables.first(where: { $0.length == length }) else { return 0 }
    let wanted = (0..<length).reduce(1) { rows, _ in rows.multipliedReportingOverflow(by: vocabulary).partialValue }
    return table.hasRowForEach && (table.rows..<1 << 16).contains(wanted) ? wanted : table.rows
  }
}
