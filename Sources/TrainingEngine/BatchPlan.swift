import GPT
import Kernels
import ModelMemory

/// The division of a batch into groups of sequences, each of which goes through the network on its own.
struct BatchPlan {
  /// Neighboring sequences, and their places in a workspace whose row 0 is their first row.
  struct Group {
    /// Their rows in the batch.
    fileprivate(set) var rows = 0..<0
    /// The end of each sequence in the workspace, and the start of its attention weights.
    fileprivate(set) var ends: [Int] = []
    fileprivate(set) var attentionOffsets: [Int] = []
    fileprivate(set) var attentionMemory = 0

    /// The rows of one sequence in the workspace.
    func rows(_ sequence: Int) -> Range<Int> { (sequence == 0 ? 0 : ends[sequence - 1])..<ends[sequence] }
  }

  private(set) var groups: [Group] = []
  /// The first of `groups` are in use; the others keep their memory for a batch that needs them.
  private(set) var count = 0

  /// The most rows, and the most attention memory, that a group has.
  var rowsOfLargest: Int { groups[..<count].reduce(0) { max($0, $1.rows.count) } }
  var attentionMemoryOfLargest: Int { groups[..<count].reduce(0) { max($0, $1.attentionMemory) } }

  /// Divides `batch` into at most `wanted` groups with about the same number of rows.
  ///
  /// Every token must be in the vocabulary, and every sequence must fit the context.
  mutating func cut(_ batch: Batch, into wanted: Int, _ layout: ParameterLayout) {
    let configuration = layout.configuration
    let known = 0..<Int32(configuration.vocabulary)
    for row in 0..<batch.rows {
      precondition(
        known.contains(batch.inputs[row]) && known.contains(batch.targets[row]),
        "tokens \(batch.inputs[row]) and \(batch.targets[row]) in a vocabulary of \(configuration.vocabulary)")
    }
    count = 0
    var sequence = 0
    var firstRow = 0
    for group in 1...max(wanted, 1) where sequence < batch.ends.count {
      if count == groups.count { groups.append(Group()) }
      groups[count].begin(at: firstRow)
      // A sequence belongs to the group in which its middle lies.
      while sequence < batch.ends.count {
        let end = batch.ends[sequence]
        if group < wanted && (firstRow + end) * wanted > 2 * batch.rows * group { break }
        precondition(
          end - firstRow <= configuration.context, "\(end - firstRow) tokens in a context of \(configuration.context)")
        groups[count].append(rows: end - firstRow, layout.attention)
        (sequence, firstRow) = (sequence + 1, end)
      }
      if !groups[count].ends.isEmpty { count += 1 }
    }
  }
}

extension BatchPlan.Group {
  fileprivate mutating func begin(at row: Int) {
    rows = row..<row
    ends.removeAll(keepingCapacity: true)
    attentionOffsets.removeAll(keepingCapacity: true)
    attentionMemory = 0
  }

  fileprivate mutating func append(rows count: Int, _ attention: AttentionShape) {
    rows = rows.lowerBound..<rows.upperBound + count
    ends.append(rows.count)
    attentionOffsets.append(attentionMemory)
    attentionMemory += attention.memory(rows: count)
  }
}
