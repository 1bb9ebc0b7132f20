import Kernels

/// The rows of a large embedding that a batch looks up, and the steps that the other rows have missed.
///
/// A step has no gradient for a row that its batch does not look up. Adam moves such a row all the same, by its
/// momentum and by weight decay. These moves are made when the row is next needed, by the same operations in the same
/// order, so every row has the bits that it would have if each step moved all rows.
struct SparseRows: Sendable {
  /// The rows that the present batch looks up, each once.
  private(set) var rows: [Int32] = []
  /// The blocks of sixteen rows that they lie in, each once.
  private(set) var blocks: [Int32] = []
  /// For each row, the number of the engine's past steps that have moved it.
  private(set) var done: [Int32]
  /// The number of the batch that last looked up each row, and each block.
  private var batchOfRow: [Int32]
  private var batchOfBlock: [Int32]
  private var batch: Int32 = 0

  /// The rows from which skipping some costs less than moving all.
  static let leastRows = 1024

  init(rows: Int) {
    done = Array(repeating: 0, count: rows)
    batchOfRow = Array(repeating: 0, count: rows)
    batchOfBlock = Array(repeating: 0, count: rows / 16)
  }

  /// Finds the rows of a batch that looks up `found`; −1 is no row.
  mutating func find(_ found: Span<Int32>) {
    rows.removeAll(keepingCapacity: true)
    blocks.removeAll(keepingCapacity: true)
    if batch == .max {
      for row in batchOfRow.indices { batchOfRow[row] = 0 }
      for block in batchOfBlock.indices { batchOfBlock[block] = 0 }
      batch = 0
    }
    batch += 1
    for index in found.indices {
      let row = Int(found[index])
      guard row >= 0 && batchOfRow[row] != batch else { continue }
      batchOfRow[row] = batch
      rows.append(Int32(row))
      guard batchOfBlock[row / 16] != batch else { continue }
      batchOfBlock[row / 16] = batch
      blocks.append(Int32(row / 16))
    }
  }

  /// Finds all rows.
  mutating func findAll() {
    rows = Array(0..<Int32(done.count))
    blocks = Array(0..<Int32(batchOfBlock.count))
  }

  /// Notes that `count` steps have moved the present rows.
  mutating func setDone(_ count: Int) {
    for row in rows { done[Int(row)] = Int32(count) }
  }
}

extension Parameters.Parameter {
  /// Moves a part of the present rows by the steps that they have missed.
  func catchUp(_ part: Range<Int>, of sparse: SparseRows, with steps: Span<AdamStep>) {
    for row in sparse.rows[part] {
      let missed = Int(sparse.done[Int(row)])..<steps.count
      guard !missed.isEmpty else { continue }
      adamWithoutGradient(
        weights: values, first: first, second: second, row: Int(row), steps.extracting(missed))
    }
  }
}
