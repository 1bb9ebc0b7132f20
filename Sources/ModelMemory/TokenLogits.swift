import GPT
import Kernels

/// The output layer for all tokens, one token per row and one sequence per column, and its memory.
package final class TokenLogits {
  private let head: Matrix
  private let clusters: [ParameterLayout.Cluster<Matrix>]
  private let adaptive: AdaptiveSoftmax?
  /// The logits of all tokens (V, R).
  private let logits: Matrix
  /// The logits of the head of an adaptive softmax, and the projections of a cluster.
  private let headLogits: Matrix?
  private let projected: Matrix?
  private let buffers: [FloatBuffer]

  /// - Parameter columns: The most sequences, a multiple of 16.
  package init(_ configuration: Configuration, head: Matrix, clusters: [ParameterLayout.Cluster<Matrix>], columns: Int)
  {
    (self.head, self.clusters) = (head, clusters)
    adaptive = configuration.adaptiveSoftmax
    var buffers: [FloatBuffer] = []
    func matrix(_ rows: Int) -> Matrix {
      let buffer = FloatBuffer(count: rows * rowStride(columns))
      buffers.append(buffer)
      return buffer.matrix(rows: rows, columns: columns)
    }
    logits = matrix(configuration.vocabulary)
    headLogits = adaptive.map { matrix($0.headCount) }
    projected = clusters.map { $0.projection.columns }.max().map(matrix)
    self.buffers = buffers
  }

  /// Returns the logits (V, R) of the rows that the head reads, transposed (C, R). They are valid until the next call.
  ///
  /// With an adaptive softmax, a rare token's is the logit of its cluster plus the logarithm of its probability within
  /// the cluster, so that the softmax of all of them gives the probabilities.
  package func compute(_ stream: Matrix) -> Matrix {
    let logits = logits[columns: 0..<stream.columns]
    let input = stream[rows: 0..<head.rows]
    guard let adaptive, let headLogits = headLogits?[columns: 0..<stream.columns], let projected else {
      multiplyTransposed(head, input, into: logits)
      return logits
    }
    multiplyTransposed(head, input, into: headLogits)
    // The boundary has the first class and the last number.
    copy(headLogits[rows: 0..<1], to: logits[rows: logits.rows - 1..<logits.rows])
    copy(headLogits[rows: 1..<adaptive.frequent], to: logits[rows: 0..<adaptive.frequent - 1])
    for (index, (cluster, weights)) in zip(adaptive.clusters, clusters).enumerated() {
      let projected = projected[rows: 0..<weights.projection.columns][columns: 0..<stream.columns]
      let within = logits[rows: cluster.tokens]
      multiplyTransposed(weights.projection, input, into: projected)
      multiplyTransposed(weights.output, projected, into: within)
      addLogShares(of: within, to: headLogits[rows: adaptive.frequent + index..<adaptive.frequent + index + 1])
    }
    return logits
  }
}
