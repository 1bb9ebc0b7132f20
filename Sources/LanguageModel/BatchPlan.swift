import Architecture
import Kernels

/// How some sequences of a batch lie in the workspace, and who of a crew works on which.
struct BatchPlan {
  /// The rows of the batch that the sequences fill; row 0 of the workspace is the first of these.
  private(set) var batchRows = 0..<0
  /// Where each sequence ends in the workspace, and where its attention weights begin.
  private(set) var ends: [Int] = []
  private(set) var attentionOffsets: [Int] = []
  private(set) var attentionMemory = 0

  var rows: Int { batchRows.count }

  /// The rows of one sequence, or of several neighbours, in the workspace.
  func rows(_ sequence: Int) -> Range<Int> { rows(sequence..<sequence + 1) }

  func rows(_ sequences: Range<Int>) -> Range<Int> {
    begin(sequences.lowerBound)..<begin(sequences.upperBound)
  }

  private func begin(_ sequence: Int) -> Int { sequence == 0 ? 0 : ends[sequence - 1] }

  /// Those `rows` of the workspace in the batch.
  func inBatch(_ rows: Range<Int>) -> Range<Int> {
    rows.lowerBound + batchRows.lowerBound..<rows.upperBound + batchRows.lowerBound
  }

  /// Plans for `sequences` of `batch`, refusing what the model has no rows for.
  mutating func prepare(_ batch: Batch, _ sequences: Range<Int>, _ layout: ParameterLayout) {
    let configuration = layout.configuration
    let firstRow = sequences.lowerBound == 0 ? 0 : batch.ends[sequences.lowerBound - 1]
    batchRows = firstRow..<(sequences.isEmpty ? firstRow : batch.ends[sequences.upperBound - 1])
    ends.removeAll(keepingCapacity: true)
    attentionOffsets.removeAll(keepingCapacity: true)
    attentionMemory = 0
    for sequence in sequences {
      let end = batch.ends[sequence] - firstRow
      let length = end - (ends.last ?? 0)
      precondition(length <= configuration.context, "\(length) tokens in a context of \(configuration.context)")
      ends.append(end)
      attentionOffsets.append(attentionMemory)
      attentionMemory += layout.attention.memory(rows: length)
    }
    let known = 0..<Int32(configuration.vocabulary)
    for row in batchRows {
      precondition(
        known.contains(batch.inputs[row]) && known.contains(batch.targets[row]),
        "tokens \(batch.inputs[row]) and \(batch.targets[row]) in a vocabulary of \(configuration.vocabulary)")
    }
  }

  /// The sequences that `member` of `count` works on: neighbours, with about as many rows as everybody's.
  func share(of member: Int, among count: Int) -> Range<Int> {
    boundary(member, count)..<boundary(member + 1, count)
  }

  private func boundary(_ member: Int, _ count: Int) -> Int {
    if member == 0 { return 0 }
    if member == count { return ends.count }
    let wanted = rows * member / count
    return ends.firstIndex { $0 > wanted } ?? ends.count
  }
}
