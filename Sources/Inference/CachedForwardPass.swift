import GPT
import Kernels
import ModelMemory

/// The forward pass of the network for one token at a time of many sequences, whose keys and values it caches.
///
/// Every sequence has a slot. One call reads up to `maximumRows` tokens of any sequences. The results of a sequence
/// depend on that sequence alone, and are those of `FastEngine` for the whole sequence, bit for bit.
package final class CachedForwardPass {
  /// Enough rows to keep the matrix products busy, and few enough for the activations to stay in the first-level cache.
  package static let maximumRows = 64

  let parameters: FrozenParameters
  let slots: Int

  private let caches: [AttentionCache]
  /// The tokens of each slot's sequence (slots, context), for the n-gram tables; empty if there are none.
  private var history: [Int32]
  /// The rows of an n-gram table for the tokens that are read.
  private var ngramRows: [Int32] = []
  private let stream: Matrix
  private let normed: Matrix
  private let queriesKeysValues: Matrix
  private let attended: Matrix
  private let hidden: Matrix
  private let scales: Lanes
  private let streamAcross: Matrix
  private let scratch: Lanes
  /// The output layer, with one column of logits for each row of the last forward pass.
  private let tokenLogits: TokenLogits
  private let buffers: [FloatBuffer]
  /// The attention of the tokens that are read, for those who want to see it.
  var attention: AttentionLog?

  package init(_ parameters: FrozenParameters, slots: Int) {
    self.parameters = parameters
    self.slots = slots
    let layout = parameters.layout
    let configuration = layout.configuration
    let attention = layout.attention
    let rows = Self.maximumRows
    var buffers: [FloatBuffer] = []

    func lanes(_ count: Int) -> Lanes {
      let buffer = FloatBuffer(count: wholeVectors(count))
      buffers.append(buffer)
      return buffer.lanes(count: count)
    }
    func matrix(_ rows: Int, _ columns: Int) -> Matrix {
      let buffer = FloatBuffer(count: rows * rowStride(columns))
      buffers.append(buffer)
      return buffer.matrix(rows: rows, columns: columns)
    }

    history = Array(repeating: 0, count: configuration.ngramTables.isEmpty ? 0 : slots * configuration.context)
    caches = (0..<configuration.layers).map { _ in
      AttentionCache(
        attention, slots: slots, context: configuration.context,
        memory: lanes(AttentionCache.memory(attention, slots: slots, context: configuration.context)))
    }
    stream = matrix(rows, layout.width)
    normed = matrix(rows, layout.width)
    queriesKeysValues = matrix(rows, 3 * attention.width)
    attended = matrix(rows, attention.width)
    hidden = matrix(rows, wholeVectors(configuration.hidden))
    scales = lanes(rows)
    streamAcross = matrix(layout.width, rows)
    scratch = lanes(AttentionCache.scratch(attention, context: configuration.context))
    tokenLogits = TokenLogits(
      configuration, head: parameters.head, clusters: parameters.clusters, columns: rows)
    self.buffers = buffers
  }

  /// The bytes of the keys and values of a slot.
  static func bytesPerSlot(_ layout: ParameterLayout) -> Int {
    let context = layout.configuration.context
    return 4 * layout.configuration.layers * AttentionCache.memory(layout.attention, slots: 1, context: context)
  }

  /// The tokens of one forward pass, each with its slot and its position in the slot's sequence.
  struct Rows {
    private(set) var tokens: [Int32] = []
    private(set) var slots: [Int32] = []
    private(set) var positions: [Int32] = []

    var count: Int { tokens.count }

    mutating func append(_ token: Int32, slot: Int32, position: Int) {
      tokens.append(token)
      slots.append(slot)
      positions.append(Int32(position))
    }

    mutating func removeAll() {
      tokens.removeAll(keepingCapacity: true)
      slots.removeAll(keepingCapacity: true)
      positions.removeAll(keepingCapacity: true)
    }
  }

  func read(_ rows: Rows) {
    read(rows.tokens.span, slots: rows.slots.span, positions: rows.positions.span)
  }

  /// Runs the layers for these tokens. The tokens at all earlier positions of each slot must have been read before.
  package func read(_ tokens: Span<Int32>, slots: Span<Int32>, positions: Span<Int32>) {
    let rows = 0..<tokens.count
    let embedding = parameters.configuration.embedding
    let (stream, normed, scales) = (stream[rows: rows], normed[rows: rows], scales[rows: rows])
    let (queriesKeysValues, attended, hidden) = (
      queriesKeysValues[rows: rows], attended[rows: rows], hidden[rows: rows]
    )

    // stream = norm(tokens[input] + positions[position] + n-gram embeddings)
    if let positionRows = parameters.positions {
      embed(tokens, at: positions, tokenRows: parameters.tokens, positionRows: positionRows, into: stream)
    } else {
      embed(tokens, tokenRows: parameters.tokens, into: stream)
    }
    addNGrams(tokens, slots: slots, positions: positions, to: stream)
    normalize(stream, width: embedding, into: stream, scales: scales)

    for (layer, (weights, cache)) in zip(parameters.layers, caches).enumerated() {
      // stream += attention(norm(stream))
      normalize(stream, width: embedding, into: normed, scales: scales)
      multiply(normed, weights.queriesKeysValues, into: queriesKeysValues, depth: embedding)
      if let table = parameters.rotaryTable {
        rotate(queriesKeysValues[columns: 0..<2 * attended.columns], at: positions, by: table)
      }
      attend(queriesKeysValues, cache, slots: slots, positions: positions, scratch: scratch, into: attended)
      attention?.add(queriesKeysValues, cache, layer: layer, slots: slots, positions: positions)
      multiply(attended, weights.output, into: stream, .adding(stream))

      // stream += contract(activation(expand(norm(stream))))
      normalize(stream, width: embedding, into: normed, scales: scales)
      multiply(normed, weights.expand, into: hidden, parameters.configuration.activation.forward, depth: embedding)
      multiply(hidden, weights.contract, into: stream, .adding(stream), depth: parameters.configuration.hidden)
    }

    // logits = norm(stream) · head
    if parameters.configuration.finalNorm { normalize(stream, width: embedding, into: stream, scales: scales) }
  }

  private func addNGrams(_ tokens: Span<Int32>, slots: Span<Int32>, positions: Span<Int32>, to stream: Matrix) {
    guard !history.isEmpty else { return }
    let context = parameters.configuration.context
    let boundary = parameters.configuration.boundary
    for row in tokens.indices { history[Int(slots[row]) * context + Int(positions[row])] = tokens[row] }
    for (table, rows) in zip(parameters.configuration.ngramTables, parameters.ngrams) {
      ngramRows.removeAll(keepingCapacity: true)
      for row in tokens.indices {
        let position = Int(positions[row])
        let index = Int(slots[row]) * context + position
        ngramRows.append(
          table.row(
            tokens[row], after: position > 0 ? history[index - 1] : boundary,
            position > 1 ? history[index - 2] : boundary))
      }
      addRows(ngramRows.span, of: rows, to: stream)
    }
  }

  /// Returns logits (V, R) = headᵀ (V, C) · streamᵀ (C, R) for the first `count` rows of the last `read`.
  ///
  /// They are valid until the next call.
  package func logits(count: Int) -> Logits {
    let columns = 0..<wholeVectors(count)
    transpose(stream[rows: columns], into: streamAcross)
    return Logits(tokenLogits.compute(streamAcross[columns: columns]), sequences: count)
  }

  /// Copies the first `count` positions of one slot to another.
  func copy(_ count: Int, from source: Int, to target: Int) {
    for cache in caches { cache.copy(count, from: source, to: target) }
    guard !history.isEmpty else { return }
    let context = parameters.configuration.context
    for position in 0..<count { history[target * context + position] = history[source * context + position] }
  }
}
