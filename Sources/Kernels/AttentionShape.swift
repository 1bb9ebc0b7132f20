/// The layout of attention heads in rows of vectors.
///
/// A head is padded with zeros, either to 1, 2, 4 or 8 lanes, so that several heads share a vector, or to whole
/// vectors.
package struct AttentionShape: Sendable, Equatable {
  package let heads: Int
  /// The size of a head without padding; scores are scaled by 1 / √headSize.
  package let headSize: Int
  /// The size of a head with padding.
  package let lanes: Int

  package init(heads: Int, headSize: Int) {
    self.heads = heads
    self.headSize = headSize
    lanes = [1, 2, 4, 8].first { headSize <= $0 } ?? wholeVectors(headSize)
  }

  /// The number of columns of the queries, and of the keys, values and results, padding included.
  package var width: Int { wholeVectors(heads * lanes) }

  var scale: Float { 1 / Float(headSize).squareRoot() }

  /// Returns the column of element `index` of the `heads × headSize` elements of a row without padding.
  package func column(_ index: Int) -> Int { index / headSize * lanes + index % headSize }

  /// Returns the column of element `index` of queries or keys with rotary positions. The elements that are rotated
  /// together, i and i + headSize / 2, are neighbors there.
  package func rotaryColumn(_ index: Int) -> Int {
    let (head, element) = index.quotientAndRemainder(dividingBy: headSize)
    let half = headSize / 2
    return head * lanes + (element < half ? 2 * element : 2 * (element - half) + 1)
  }

  /// Returns the number of floats that store a sequence's attention weights for the backward pass.
  package func memory(rows: Int) -> Int {
    if lanes >= 16 { return heads * rows * wholeVectors(rows) }
    // Row t has t / lanes + 1 vectors: whole groups of `lanes` rows, and the rest.
    let (groups, left) = rows.quotientAndRemainder(dividingBy: lanes)
    return (lanes * groups * (groups + 1) / 2 + left * (groups + 1)) * width
  }

  /// Returns the number of floats of scratch memory that a thread needs for a sequence of `rows`.
  package func scratch(rows: Int) -> Int {
    lanes >= 16
      ? (2 * lanes + min(rows, 128)) * wholeVectors(rows) : 16 * (rows + lanes) + memory(rows: rows) / width * 16
  }
}

/// The rows of one sequence in everything that attention reads and writes.
///
/// It is `@unchecked Sendable` for the same reason as `Matrix`.
package struct AttentionRows: @unchecked Sendable {
  let shape: AttentionShape
  /// Queries, keys and values side by side (T, 3 · width).
  let queriesKeysValues: Matrix
  /// The heads' results (T, width).
  let results: Matrix
  let weights: Floats
  let scratch: Floats

  /// Creates the views for a sequence that fills `queriesKeysValues`; its weights begin at `offset` of `memory`.
  package init(
    _ shape: AttentionShape, queriesKeysValues: Matrix, results: Matrix, memory: Lanes, offset: Int, scratch: Lanes
  ) {
    let rows = results.rows
    precondition(
      queriesKeysValues.rows == rows && queriesKeysValues.columns == 3 * shape.width
        && results.columns == shape.width && offset.isMultiple(of: 16)
        && offset + shape.memory(rows: rows) <= memory.count && shape.scratch(rows: rows) <= scratch.count,
      "attention over \(rows) rows does not fit its memory")
    self.shape = shape
    self.queriesKeysValues = queriesKeysValues
    self.results = results
    weights = memory.start + offset
    self.scratch = scratch.start
  }

  var rows: Int { results.rows }
  var queries: Matrix { queriesKeysValues[columns: 0..<shape.width] }
  var keys: Matrix { queriesKeysValues[columns: shape.width..<2 * shape.width] }
  var values: Matrix { queriesKeysValues[columns: 2 * shape.width..<3 * shape.width] }
}

/// results (T, width) = softmax(queries · keysᵀ · scale) · values with a causal mask, for every head of one sequence.
package func attend(_ sequence: AttentionRows) {
  switch sequence.shape.lanes {
  case 1: NarrowAttention<1>.forward(sequence)
  case 2: NarrowAttention<2>.forward(sequence)
  case 4: NarrowAttention<4>.forward(sequence)
  case 8: NarrowAttention<8>.forward(sequence)
  default: WideAttention.forward(sequence)
  }
}

/// dqkv (T, 3 · width) = the gradient of the loss by queries, keys and values, given `dresults`, its gradient by the
/// results of `attend`.
package func attendBackward(_ sequence: AttentionRows, dresults: Matrix, into dqkv: Matrix) {
  precondition(dresults.rows == sequence.rows && dqkv.rows == sequence.rows && dqkv.columns == 3 * sequence.shape.width)
  switch sequence.shape.lanes {
  case 1: NarrowAttention<1>.backward(sequence, dresults, dqkv)
  case 2: NarrowAttention<2>.backward(sequence, dresults, dqkv)
  case 4: NarrowAttention<4>.backward(sequence, dresults, dqkv)
  case 8: NarrowAttention<8>.backward(sequence, dresults, dqkv)
  default: WideAttention.backward(sequence, dresults, dqkv)
  }
}
