import Kernels
import Support
import Testing

/// If this fails, a page shows another attention than that with which the model computes.
@Suite("Attention can be looked at")
struct AttentionScoresTests {
  /// Narrow heads share vectors, wide ones fill several; a size may need padding.
  @Test(arguments: [(4, 4), (2, 8), (3, 1), (5, 2), (2, 5), (1, 16), (2, 20)])
  func `the means of the values by these scores are the results of attention`(heads: Int, size: Int) {
    var random = RandomSource(seed: 1)
    let shape = AttentionShape(heads: heads, headSize: size)
    let rows = 20
    let input = Numbers(rows: rows, width: 3 * shape.width)
    for row in 0..<rows {
      for part in 0..<3 {
        for index in 0..<heads * size {
          input.matrix[row, part * shape.width + shape.column(index)] = Float(random.normal())
        }
      }
    }
    let results = Numbers(rows: rows, width: shape.width)
    let memory = FloatBuffer(count: AttentionCache.memory(shape, slots: 2, context: rows))
    let scratch = FloatBuffer(count: wholeVectors(AttentionCache.scratch(shape, context: rows)))
    let cache = AttentionCache(
      shape, slots: 2, context: rows,
      memory: memory.lanes(count: AttentionCache.memory(shape, slots: 2, context: rows)))
    attend(
      input.matrix, cache, slots: Array(repeating: Int32(1), count: rows).span, positions: Array(0..<Int32(rows)).span,
      scratch: scratch.lanes(count: AttentionCache.scratch(shape, context: rows)), into: results.matrix)

    var worst = 0.0
    for row in 0..<rows {
      let scores = cache.scores(of: input.matrix, row: row, slot: 1, position: row)
      for index in 0..<heads * size {
        let weights = scores[index / size].map { exponential(Double($0)) }
        let column = shape.column(index)
        let sum = (0...row).reduce(0) { $0 + weights[$1] * Double(input.matrix[$1, 2 * shape.width + column]) }
        worst = max(worst, abs(sum / weights.reduce(0, +) - Double(results.matrix[row, column])))
      }
    }
    #expect(worst < 1e-5, "\(heads) heads of \(size)")
  }
}
