import GPT
import Kernels

/// The places of a model's parameters in one flat buffer.
///
/// Files hold matrices as [out, in], without padding. Memory holds those of the layers as [in, out], so that a product
/// reads whole vectors of outputs, with queries, keys and values side by side, heads padded to whole lanes, and rows
/// and columns to sixteens.
package struct ParameterLayout: Sendable {
  /// One matrix in the buffer.
  package struct Slot: Sendable {
    package let offset: Int
    package let rows: Int
    package let columns: Int
    /// The offset of the transpose in the buffer of transposes; `nil` for embeddings, which no product reads.
    package let transposedOffset: Int?

    package var count: Int { rows * rowStride(columns) }
    /// The number of blocks of sixteen rows before the slot, and in it.
    package let firstBlock: Int
    package var blocks: Int { rows / 16 }

    package func matrix(in buffer: FloatBuffer) -> Matrix { buffer.matrix(at: offset, rows: rows, columns: columns) }
  }

  /// The slots of one layer, or a part for each of them.
  package struct Layer<Part> {
    package let queriesKeysValues: Part
    package let output: Part
    package let expand: Part
    package let contract: Part

    package init(queriesKeysValues: Part, output: Part, expand: Part, contract: Part) {
      self.queriesKeysValues = queriesKeysValues
      self.output = output
      self.expand = expand
      self.contract = contract
    }
  }

  /// The slots of a cluster of an adaptive softmax, or a part for each of them.
  package struct Cluster<Part> {
    package let projection: Part
    package let output: Part

    package init(projection: Part, output: Part) {
      self.projection = projection
      self.output = output
    }
  }

  package let configuration: Configuration
  package let attention: AttentionShape
  package let tokens: Slot
  /// The embeddings of positions; `nil` with rotary positions.
  package let positions: Slot?
  package let head: Slot
  package let clusters: [Cluster<Slot>]
  package let layers: [Layer<Slot>]
  package let ngrams: [Slot]
  /// The floats of all slots, and of all transposes.
  package let count: Int
  package let transposedCount: Int
  package let blocks: Int

  /// The residual stream's width, padded.
  package let width: Int

  package init(_ configuration: Configuration) {
    self.configuration = configuration
    attention = AttentionShape(heads: configuration.heads, headSize: configuration.headSize)
    let embedding = configuration.embedding
    let attended = attention.width
    var count = 0
    var transposedCount = 0
    var blocks = 0

    func slot(rows: Int, columns: Int, isTransposed: Bool) -> Slot {
      let slot = Slot(
        offset: count, rows: wholeVectors(rows), columns: wholeVectors(columns),
        transposedOffset: isTransposed ? transposedCount : nil, firstBlock: blocks)
      count += slot.count
      if isTransposed { transposedCount += slot.columns * rowStride(slot.rows) }
      blocks += slot.blocks
      return slot
    }

    width = wholeVectors(embedding)
    tokens = slot(rows: configuration.vocabulary, columns: embedding, isTransposed: false)
    positions =
      configuration.positions == .learned
      ? slot(rows: configuration.context, columns: embedding, isTransposed: false) : nil
    head = slot(rows: embedding, columns: configuration.headCount, isTransposed: true)
    clusters = (configuration.adaptiveSoftmax?.clusters ?? []).map {
      Cluster(
        projection: slot(rows: embedding, columns: $0.width, isTransposed: true),
        output: slot(rows: $0.width, columns: $0.classes.count, isTransposed: true))
    }
    layers = (0..<configuration.layers).map { _ in
      Layer(
        queriesKeysValues: slot(rows: embedding, columns: 3 * attended, isTransposed: true),
        output: slot(rows: attended, columns: embedding, isTransposed: true),
        expand: slot(rows: embedding, columns: configuration.hidden, isTransposed: true),
        contract: slot(rows: configuration.hidden, columns: embedding, isTransposed: true))
    }
    ngrams = configuration.ngramTables.map { slot(rows: $0.rows, columns: embedding, isTransposed: false) }
    self.count = count
    self.transposedCount = transposedCount
    self.blocks = blocks
  }

  /// The rotations of queries and keys; `nil` with learned positions.
  package var rotaryTable: RotaryTable? {
    guard configuration.positions == .rotary else { return nil }
    let rotary = RotaryPositions(headSize: configuration.headSize)
    return RotaryTable(attention, positions: configuration.context) { rotary.rotation(at: $0, ofPair: $1) }
  }

  // MARK: Between files and memory

  /// Calls `body` for each number of each of `configuration.tensors` with its index in the file's tensor and in the
  /// buffer.
  private func forEach(_ body: (_ tensor: Int, _ index: Int, _ offset: Int) -> Void) {
    let shapes = configuration.tensors
    let attended = attention.width
    var tensor = 0

    /// `place` returns the row and column in the slot of an output and input of the file's tensor.
    func add(_ slot: Slot, _ place: (_ output: Int, _ input: Int) -> (row: Int, column: Int)) {
      let shape = shapes[tensor]
      for output in 0..<shape.rows {
        for input in 0..<shape.columns {
          let (row, column) = place(output, input)
          body(tensor, output * shape.columns + input, slot.offset + row * rowStride(slot.columns) + column)
        }
      }
      tensor += 1
    }

    add(tokens) { ($0, $1) }
    if let positions { add(positions) { ($0, $1) } }
    add(head) { ($1, $0) }
    for cluster in clusters {
      add(cluster.projection) { ($1, $0) }
      add(cluster.output) { ($1, $0) }
    }
    for layer in layers {
      for part in 0..<3 {
        let isRotated = part < 2 && configuration.positions == .rotary
        add(layer.queriesKeysValues) { output, input in
          (input, part * attended + (isRotated ? attention.rotaryColumn(output) : attention.column(output)))
        }
      }
      add(layer.output) { (attention.column($1), $0) }
      add(layer.expand) { ($1, $0) }
      add(layer.contract) { ($1, $0) }
    }
    for table in ngrams { add(table) { ($0, $1) } }
    precondition(tensor == shapes.count, "\(tensor) of \(shapes.count) tensors have a place")
  }

  package func write(_ weights: Weights, to buffer: FloatBuffer) {
    forEach { tensor, index, offset in buffer[offset] = weights.tensors[tensor][index] }
  }

  package func read(_ buffer: FloatBuffer) -> Weights {
    var weights = Weights(zeros: configuration)
    forEach { tensor, index, offset in weights.tensors[tensor][index] = buffer[offset] }
    return weights
  }
}

extension ParameterLayout.Layer: Sendable where Part: Sendable {}
extension ParameterLayout.Cluster: Sendable where Part: Sendable {}
