import GPT
import Support
import Tokenization

// MARK: The tokenizer

extension Tokenizer {
  /// Returns the characters or words of `documents` that this tokenizer cannot encode.
  ///
  /// Those that training such a tokenizer on `documents` would find come first, in that order.
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

  /// Returns this tokenizer with `pieces` as further tokens. The numbers of the others stay.
  package func grown(by pieces: [[UInt8]]) throws(TokenizerError) -> Self {
    var description = description
    for piece in pieces { description.vocabulary.append(piece.span) }
    return try Self(description)
  }

  /// Returns the vocabulary entries that this kind of tokenizer finds in `documents` and that this one cannot encode.
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

  /// Returns the first piece of `text` that is not in the vocabulary, or `nil`.
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

// MARK: The weights

extension Weights {
  /// Returns the model with `count` more tokens before the boundary, which have the random rows of a new model.
  package func grown(by count: Int, seed: UInt64) throws(ConfigurationError) -> Weights {
    var random = RandomSource(seed: seed, stream: RandomStream.grownWeights)
    var grown: [Weights] = []
    for member in members { grown.append(try member.grown(by: count, using: &random)) }
    var shape = grown[0].configuration.shape
    shape.members = configuration.members
    return Weights(try Configuration(shape, vocabulary: configuration.vocabulary + count), members: grown)
  }

  /// Returns one network with `count` more tokens.
  private func grown(by count: Int, using random: inout RandomSource) throws(ConfigurationError) -> Weights {
    let old = configuration
    var shape = old.shape
    shape.bigrams = old.rowCount(ofLength: 2, vocabulary: old.vocabulary + count)
    shape.trigrams = old.rowCount(ofLength: 3, vocabulary: old.vocabulary + count)
    let grown = try Configuration(shape, vocabulary: old.vocabulary + count)
    var weights = Weights(zeros: grown)
    let tables = old.ngramTables.count
    for (tensor, (shape, oldShape)) in zip(grown.tensors, old.tensors).dropLast(tables).enumerated() {
      guard shape.rows != oldShape.rows else {
        weights.tensors[tensor] = tensors[tensor]
        continue
      }
      // The boundary's row is the last, but a cluster of rare tokens ends with the last token.
      let boundary = (oldShape.isOfCluster ? oldShape.rows : oldShape.rows - 1) * oldShape.columns
      let rows = (0..<count * shape.columns).map { _ in Float(grown.initialDeviation * random.normal()) }
      weights.tensors[tensor] = tensors[tensor][..<boundary] + rows + tensors[tensor][boundary...]
    }
    for (table, tensor) in zip(0..<tables, (tensors.count - tables)...) {
      weights.tensors[tensor] = moved(
        tensor, from: old.ngramTables[table], to: grown.ngramTables[table], using: &random)
    }
    return weights
  }

  /// Returns an n-gram table for the larger vocabulary. Where each n-gram has a row, the rows move; shared rows stay.
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
  /// The number of rows of the table of n-grams of `length` tokens for a larger vocabulary. A table with a row for each
  /// n-gram keeps one for each as long as it stays small; any other keeps its size.
  fileprivate func rowCount(ofLength length: Int, vocabulary: Int) -> Int {
    guard let table = ngramTables.first(where: { $0.length == length }) else { return 0 }
    let wanted = (0..<length).reduce(1) { rows, _ in rows.multipliedReportingOverflow(by: vocabulary).partialValue }
    return table.hasRowForEach && (table.rows..<1 << 16).contains(wanted) ? wanted : table.rows
  }
}
