import GPT
import Kernels
import ModelMemory

/// Takes tokens of many sequences through the network, remembers their keys and values, and says what may follow each.
///
/// Every sequence has a slot. One call reads up to `rowsAtOnce` tokens of any sequences; what each number comes to depends on its
/// own sequence alone, and is to the bit what `FastEngine` makes of the whole sequence.
package final class Reader {
  /// Enough rows to keep the products busy, and few enough for everything between them to stay in the first cache.
  package static let rowsAtOnce = 64

  let parameters: FrozenParameters
  let slots: Int
  /// The scores of what may follow, one token a row and one of the rows read a column (V, R).
  package let scores: Matrix

  private let caches: [AttentionCache]
  /// The tokens of each slot's sequence, for the tables of ngrams to look back at.
  private var history: [Int32]
  private var found: [Int32] = []
  private let stream: Matrix
  private let normed: Matrix
  private let queriesKeysValues: Matrix
  private let attended: Matrix
  private let hidden: Matrix
  private let scales: Lanes
  private let streamAcross: Matrix
  private let scratch: Lanes
  private let buffers: [FloatBuffer]

  package init(_ parameters: FrozenParameters, slots: Int) {
    self.parameters = parameters
    self.slots = slots
    let layout = parameters.layout
    let configuration = layout.configuration
    let attention = layout.attention
    let rows = Self.rowsAtOnce
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
    scores = matrix(configuration.vocabulary, rows)
    self.buffers = buffers
  }

  /// The slots for as many sequences as rows are read at once, or for fewer where these would take more than 256 MB.
  static func affordableSlots(_ layout: ParameterLayout) -> Int {
    max(1, min(rowsAtOnce, (256 << 20) / memoryOfSlot(layout)))
  }

  /// The slots, in 16 MB with what else is kept of them, for the prompt and the beginnings that several of `texts` can share.
  static func affordableBeginnings(_ layout: ParameterLayout, texts: Int) -> Int {
    let memory = memoryOfSlot(layout) + Beginnings.memory(vocabulary: layout.configuration.vocabulary)
    let room = max(1, (16 << 20) / memory)
    return texts / 2 < room ? min(room, 1 + texts / 2 * layout.configuration.context) : room
  }

  private static func memoryOfSlot(_ layout: ParameterLayout) -> Int {
    let context = layout.configuration.context
    return 4 * layout.configuration.layers * AttentionCache.memory(layout.attention, slots: 1, context: context)
  }

  /// The tokens to be read together, and where each stands.
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

  /// Reads each of `tokens` as the one at its position of its slot's sequence, all before it having been read.
  package func read(_ tokens: Span<Int32>, slots: Span<Int32>, positions: Span<Int32>) {
    let rows = 0..<tokens.count
    let embedding = parameters.configuration.embedding
    let (stream, normed, scales) = (stream[rows: rows], normed[rows: rows], scales[rows: rows])
    let (queriesKeysValues, attended, hidden) = (
      queriesKeysValues[rows: rows], attended[rows: rows], hidden[rows: rows]
    )

    // stream = norm(tokens[input] + positions[position] + n-gram embeddings)
    embed(tokens, at: positions, tokenRows: parameters.tokens, positionRows: parameters.positions, into: stream)
    addRuns(tokens, slots: slots, positions: positions, to: stream)
    normalize(stream, width: embedding, into: stream, scales: scales)

    for (weights, cache) in zip(parameters.layers, caches) {
      // stream += attention(norm(stream))
      normalize(stream, width: embedding, into: normed, scales: scales)
      multiply(normed, weights.queriesKeysValues, into: queriesKeysValues, depth: embedding)
      attend(queriesKeysValues, cache, slots: slots, positions: positions, scratch: scratch, into: attended)
      multiply(attended, weights.output, into: stream, .adding(stream))

      // stream += contract(activation(expand(norm(stream))))
      normalize(stream, width: embedding, into: normed, scales: scales)
      multiply(normed, weights.expand, into: hidden, parameters.configuration.activation.forward, depth: embedding)
      multiply(hidden, weights.contract, into: stream, .adding(stream), depth: parameters.configuration.hidden)
    }
  }

  private func addRuns(_ tokens: Span<Int32>, slots: Span<Int32>, positions: Span<Int32>, to stream: Matrix) {
    guard !history.isEmpty else { return }
    let context = parameters.configuration.context
    let boundary = parameters.configuration.boundary
    for row in tokens.indices { history[Int(slots[row]) * context + Int(positions[row])] = tokens[row] }
    for (table, rows) in zip(parameters.configuration.ngramTables, parameters.ngrams) {
      found.removeAll(keepingCapacity: true)
      for row in tokens.indices {
        let position = Int(positions[row])
        let place = Int(slots[row]) * context + position
        found.append(
          table.row(
            tokens[row], after: position > 0 ? history[place - 1] : boundary,
            position > 1 ? history[place - 2] : boundary))
      }
      addRows(found.span, of: rows, to: stream)
    }
  }

  /// scores (V, R) = headᵀ (V, C) · streamᵀ (C, R) for the first `count` of the rows read last.
  package func score(_ count: Int) {
    let columns = 0..<wholeVectors(count)
    transpose(stream[rows: columns], into: streamAcross)
    multiplyTransposed(
      parameters.head, streamAcross[rows: 0..<parameters.head.rows][columns: columns],
      into: scores[columns: columns])
  }

  /// Gives one slot the first `count` positions of another.
  func copy(_ count: Int, from source: Int, to target: Int) {
    for cache in caches { cache.copy(count, from: source, to: target) }
    guard !history.isEmpty else { return }
    let context = parameters.configuration.context
    for position in 0..<count { history[target * context + position] = history[source * context + position] }
  }
}
