import GPT
import Kernels
import ModelMemory
import Parallelism

/// The matrices of the layers as Muon updates them, and the memory for it. Each matrix is a task of one thread, so the
/// number of threads does not change the results.
final class LayerMatrices: Sendable {
  private struct Matrices: Sendable {
    let values: Matrix
    let transposed: Matrix
    let gradients: Matrix
    let first: Matrix
    /// The factor of the orthogonal direction.
    let factor: Float

    /// The columns `columns` of a parameter, which are a tensor of `shape` in files.
    init(_ parameter: Parameters.Parameter, columns: Range<Int>, _ shape: TensorShape) {
      values = parameter.values[columns: columns]
      transposed = parameter.transposed[rows: columns]
      gradients = parameter.gradients[columns: columns]
      first = parameter.first[columns: columns]
      factor = Float(shape.muonScale)
    }

    var length: Int { max(values.rows, values.columns) }
    var side: Int { min(values.rows, values.columns) }
    var multiplyAdds: Int { NewtonSchulz.multiplyAdds(length: length, side: side) }

    func step(_ step: MuonStep, in memory: NewtonSchulz) {
      muon(weights: values, gradients: gradients, first: first, step, factor: factor, in: memory)
      transpose(values, into: transposed)
    }
  }

  /// The largest first, so that no thread is left with a large one at the end.
  private let matrices: [Matrices]
  /// One for each thread.
  private let memory: [NewtonSchulz]
  /// False where sharing the work costs more than it gains.
  private let isShared: Bool

  init(_ parameters: Parameters, threads: Int) {
    let layout = parameters.layout
    let attended = layout.attention.width
    var shapes = layout.configuration.tensors.filter { $0.isOfLayer }[...]
    var matrices: [Matrices] = []
    func add(_ parameter: Parameters.Parameter, columns: Range<Int>) {
      matrices.append(Matrices(parameter, columns: columns, shapes.removeFirst()))
    }
    for layer in parameters.layers {
      for part in 0..<3 { add(layer.queriesKeysValues, columns: part * attended..<(part + 1) * attended) }
      for parameter in [layer.output, layer.expand, layer.contract] {
        add(parameter, columns: 0..<parameter.values.columns)
      }
    }
    precondition(shapes.isEmpty, "\(shapes.count) matrices of the layers have no place")
    self.matrices = matrices.sorted { $0.multiplyAdds > $1.multiplyAdds }
    let (length, side) = (matrices.map { $0.length }.max() ?? 0, matrices.map { $0.side }.max() ?? 0)
    memory = (0..<threads).map { _ in NewtonSchulz(length: length, side: side) }
    // A matrix element times a row of a training step is three multiply-adds.
    isShared = threads > 1 && matrices.reduce(0) { $0 + $1.multiplyAdds } >= 3 * FastEngine.leastSharedWork
  }

  /// Makes one step of Muon with every matrix.
  func step(_ step: MuonStep, on team: ThreadTeam) {
    if isShared {
      team.run(tasks: matrices.count) { [matrices, memory] thread, index in
        matrices[index].step(step, in: memory[thread])
      }
    } else {
      for matrix in matrices { matrix.step(step, in: memory[0]) }
    }
  }
}
