import Kernels
import ModelMemory

/// The memory of one thread for the clusters of an adaptive softmax. Its rows are those whose targets are in a cluster,
/// a block of them at a time.
struct ClusterMemory: Sendable {
  /// The activations of one cluster.
  struct Cluster: Sendable {
    let projected: Matrix
    let dprojected: Matrix
    /// `crossEntropy` puts the gradients in the place of the logits.
    let logits: Matrix
  }

  let clusters: [Cluster]
  /// The rows that the head reads, and their gradients.
  let input: Matrix
  let dinput: Matrix
  let losses: Lanes

  init(
    _ layout: ParameterLayout, rows: Int, _ matrix: (_ columns: Int, _ rows: Int) -> Matrix, _ lanes: (Int) -> Lanes
  ) {
    let rows = wholeVectors(rows)
    clusters = layout.clusters.map { cluster in
      let block = min(rows, Workspace.logitRows(cluster.output.columns))
      return Cluster(
        projected: matrix(cluster.projection.columns, block), dprojected: matrix(cluster.projection.columns, block),
        logits: matrix(cluster.output.columns, block))
    }
    let block = clusters.reduce(16) { max($0, $1.logits.rows) }
    input = matrix(layout.width, block)
    dinput = matrix(layout.width, block)
    losses = lanes(block)
  }
}
