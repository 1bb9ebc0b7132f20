import GPT
import Kernels

/// The parameters of a model for inference, without gradients, moments or transposes. Any number of threads may read
/// them.
package final class FrozenParameters: Sendable {
  package let layout: ParameterLayout
  package let tokens: Matrix
  package let positions: Matrix
  package let head: Matrix
  package let layers: [ParameterLayout.Layer<Matrix>]
  package let ngrams: [Matrix]
  private let buffer: FloatBuffer

  package init(_ weights: Weights) {
    let layout = ParameterLayout(weights.configuration)
    let buffer = FloatBuffer(count: layout.count)
    layout.write(weights, to: buffer)

    func matrix(_ slot: ParameterLayout.Slot) -> Matrix {
      buffer.matrix(at: slot.offset, rows: slot.rows, columns: slot.columns)
    }
    tokens = matrix(layout.tokens)
    positions = matrix(layout.positions)
    head = matrix(layout.head)
    layers = layout.layers.map {
      ParameterLayout.Layer(
        queriesKeysValues: matrix($0.queriesKeysValues), output: matrix($0.output), expand: matrix($0.expand),
        contract: matrix($0.contract))
    }
    ngrams = layout.ngrams.map(matrix)
    self.layout = layout
    self.buffer = buffer
  }

  package var configuration: Configuration { layout.configuration }
}
