import Architecture
import Kernels

/// Where every parameter of a model lies in one flat buffer.
///
/// Files hold matrices as [out, in], without padding. Memory holds those of the layers as [in, out], so that a product reads whole
/// vectors of outputs, with queries, keys and values side by side, heads padded to whole lanes, and rows and columns to sixteens.
struct ParameterLayout {
  /// One matrix in the buffer.
  struct Slot {
    let offset: Int
    let rows: Int
    let columns: Int
    /// How many blocks of sixteen rows lie before it.
    let block: Int
    /// Embeddings are only looked up, and have no transpose.
    let isTransposed: Bool
    /// Where the transpose lies in the buffer of transposes.
    let transposedOffset: Int

    var count: Int { rows * columns }
  }

  struct Layer {
    let queriesKeysValues: Slot
    let output: Slot
    let expand: Slot
    let contract: Slot
  }

  let configuration: Configuration
  let attention: AttentionShape
  let tokens: Slot
  let positions: Slot
  let head: Slot
  let layers: [Layer]
  /// All of these, in the order of their offsets.
  let slots: [Slot]
  /// The blocks of sixteen rows of all slots.
  let blocks: Int
  /// The floats of all slots, and of all transposes.
  let count: Int
  let transposedCount: Int

  /// The residual stream's width, padded.
  let width: Int

  init(_ configuration: Configuration) {
    self.configuration = configuration
    attention = AttentionShape(heads: configuration.heads, headSize: configuration.headSize)
    let embedding = configuration.embedding
    let attended = attention.width
    var slots: [Slot] = []
    var count = 0
    var blocks = 0
    var transposedCount = 0

    func slot(depth: Int, columns: Int, transposed: Bool) -> Slot {
      let columns = wholeVectors(columns)
      let slot = Slot(
        offset: count, rows: wholeVectors(depth), columns: columns, block: blocks, isTransposed: transposed,
        transposedOffset: transposedCount)
      count += slot.count
      blocks += slot.rows / 16
      if transposed { transposedCount += slot.count }
      slots.append(slot)
      return slot
    }

    width = wholeVectors(embedding)
    tokens = slot(depth: configuration.vocabulary, columns: embedding, transposed: false)
    positions = slot(depth: configuration.context, columns: embedding, transposed: false)
    head = slot(depth: embedding, columns: configuration.vocabulary, transposed: true)
    layers = (0..<configuration.layers).map { _ in
      Layer(
        queriesKeysValues: slot(depth: embedding, columns: 3 * attended, transposed: true),
        output: slot(depth: attended, columns: embedding, transposed: true),
        expand: slot(depth: embedding, columns: configuration.hidden, transposed: true),
        contract: slot(depth: configuration.hidden, columns: embedding, transposed: true))
    }
    self.slots = slots
    self.blocks = blocks
    self.count = count
    self.transposedCount = transposedCount
  }

  // MARK: Between files and memory

  /// Calls `body` for each number of each of `configuration.tensors` with its index in the file's tensor and in the buffer.
  private func forEach(_ body: (_ tensor: Int, _ index: Int, _ offset: Int) -> Void) {
    let shapes = configuration.tensors
    let attended = attention.width
    var tensor = 0

    /// `place` gives row and column in the slot for the output and input of the file's tensor.
    func add(_ slot: Slot, _ place: (_ output: Int, _ input: Int) -> (row: Int, column: Int)) {
      let shape = shapes[tensor]
      for output in 0..<shape.rows {
        for input in 0..<shape.columns {
          let (row, column) = place(output, input)
          body(tensor, output * shape.columns + input, slot.offset + row * slot.columns + column)
        }
      }
      tensor += 1
    }

    add(tokens) { ($0, $1) }
    add(positions) { ($0, $1) }
    add(head) { ($1, $0) }
    for layer in layers {
      for part in 0..<3 { add(layer.queriesKeysValues) { ($1, part * attended + attention.column($0)) } }
      add(layer.output) { (attention.column($1), $0) }
      add(layer.expand) { ($1, $0) }
      add(layer.contract) { ($1, $0) }
    }
    precondition(tensor == shapes.count, "\(tensor) of \(shapes.count) tensors have a place")
  }

  func write(_ weights: Weights, to buffer: FloatBuffer) {
    forEach { tensor, index, offset in buffer[offset] = weights.tensors[tensor][index] }
  }

  func read(_ buffer: FloatBuffer) -> Weights {
    var weights = Weights(zeros: configuration)
    forEach { tensor, index, offset in weights.tensors[tensor][index] = buffer[offset] }
    return weights
  }
}

extension FloatBuffer {
  /// The matrix that `slot` says.
  func matrix(_ slot: ParameterLayout.Slot) -> Matrix {
    matrix(at: slot.offset, rows: slot.rows, columns: slot.columns)
  }
}
