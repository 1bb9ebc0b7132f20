import GPT
import Kernels
import ModelMemory

/// The memory of one thread's forward and backward passes, allocated once.
///
/// The activations that the backward pass needs are kept for every layer; its own results, only until the layer is
/// complete.
final class Workspace: Sendable {
  struct Layer {
    /// The normalized stream that attention reads, and the scales of `normalize`.
    let attentionInput: Matrix
    let attentionScales: Lanes
    let queriesKeysValues: Matrix
    let attentionMemory: Lanes
    let attended: Matrix
    let feedInput: Matrix
    let feedScales: Lanes
    let hidden: Matrix
  }

  let rows: Int
  /// The floats of attention memory that each layer has.
  let attentionMemory: Int
  private let buffers: [FloatBuffer]

  /// The residual stream, and the normalized embeddings that it starts from.
  let stream: Matrix
  let embedded: Matrix
  let embeddedScales: Lanes
  let layers: [Layer]
  /// The final norm's output and the scales of `normalize`; `nil` without a final norm.
  let finalNorm: (output: Matrix, scales: Lanes)?
  /// The logits of a block of rows; `crossEntropy` puts their gradients in their place.
  let logits: Matrix
  /// The memory of the adaptive softmax; `nil` for the full softmax.
  let clusters: ClusterMemory?

  /// The gradients of the stream after a layer (and before it, which is after the layer below), and in its middle.
  let dstream: Matrix
  let dmiddle: Matrix
  let dhidden: Matrix
  let dqueriesKeysValues: Matrix
  /// The gradient of a norm's output.
  let dinput: Matrix
  let dattended: Matrix
  let scratch: Lanes

  /// Memory for up to `rows` rows in sequences whose attention weights take up to `attentionMemory` floats a layer.
  init(_ layout: ParameterLayout, rows: Int, attentionMemory: Int) {
    self.rows = rows
    self.attentionMemory = attentionMemory
    let configuration = layout.configuration
    let width = layout.width
    let attended = layout.attention.width
    let hidden = wholeVectors(configuration.hidden)
    var buffers: [FloatBuffer] = []

    func matrix(_ columns: Int, rows: Int = rows) -> Matrix {
      let buffer = FloatBuffer(count: rows * rowStride(columns))
      buffers.append(buffer)
      return buffer.matrix(rows: rows, columns: columns)
    }
    func lanes(_ count: Int = rows) -> Lanes {
      let buffer = FloatBuffer(count: wholeVectors(count))
      buffers.append(buffer)
      return buffer.lanes(count: count)
    }

    stream = matrix(width)
    embedded = matrix(width)
    embeddedScales = lanes()
    layers = (0..<configuration.layers).map { _ in
      Layer(
        attentionInput: matrix(width), attentionScales: lanes(), queriesKeysValues: matrix(3 * attended),
        attentionMemory: lanes(attentionMemory), attended: matrix(attended), feedInput: matrix(width),
        feedScales: lanes(), hidden: matrix(hidden))
    }
    finalNorm = configuration.finalNorm ? (output: matrix(width), scales: lanes()) : nil
    logits = matrix(layout.head.columns, rows: min(wholeVectors(rows), Self.logitRows(layout.head.columns)))
    clusters = layout.clusters.isEmpty ? nil : ClusterMemory(layout, rows: rows, matrix, lanes)
    dstream = matrix(width)
    dmiddle = matrix(width)
    dhidden = matrix(hidden)
    dqueriesKeysValues = matrix(3 * attended)
    dinput = matrix(width)
    dattended = matrix(attended)
    scratch = lanes(layout.attention.scratch(rows: configuration.context))
    self.buffers = buffers
  }

  /// The number of rows whose logits are in memory at once: as many as fit half a megabyte, but at least sixteen.
  static func logitRows(_ columns: Int) -> Int { max(16, 131_072 / columns & ~15) }
}
