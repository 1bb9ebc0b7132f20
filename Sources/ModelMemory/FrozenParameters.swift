import GPT
import Kernels

/// The parameters of a model for inference, without gradients, moments or transposes. Any number of threads may read
/// them.
package final class FrozenParameters: Sendable {
  package let layout: ParameterLayout
  package let tokens: Matrix
  /// The embeddings of positions; `nil` with rotary positions.
  package let positions: Matrix?
  package let head: Matrix
  package let clusters: [ParameterLayout.Cluster<Matrix>]
  package let layers: [ParameterLayout.Layer<Matrix>]
  package let ngrams: [Matrix]
  /// The rotations of queries and keys; `nil` with learned positions.
  package let rotaryTable: RotaryTable?
  private let buffer: FloatBuffer

  package init(_ weights: Weights) {
    let layout = ParameterLayout(weights.configuration)
    let buffer = FloatBuffer(count: layout.count)
    layout.write(weights, to: buffer)

    func matrix(_ slot: ParameterLayout.Slot) -> Matrix {
      buffer.matrix(at: slot.offset, rows: slot.rows, columns: slot.columns)
    }
    tokens = matrix(layout.tokens)
    positions = layout.positions.map(matrix)
    head = matrix(layout.head)
    clusters = layout.clusters.map {
      ParameterLayout.Cluster(projection: matrix($0.projection), output: matrix($0.output))
    }
    layers = layout.layers.map {
      ParameterLayout.Layer(
        queriesKeysValues: matrix($0.queriesKeysValues), output: matrix($0.output), expand: matrix($0.expand),
        contract: matrix($0.contract))
    }
    ngrams = layout.ngrams.map(matrix)
    rotaryTable = layout.rotaryTable
    self.layout = layout
    self.buffer = buffer
  }

  package var configuration: Configuration { layout.configuration }
}
