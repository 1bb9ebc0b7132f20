import GPT
import Kernels
import ModelMemory

/// The memory in which one thread takes groups of sequences forward and back, made once and kept.
///
/// What the backward pass needs of the forward pass is kept for every layer; its own results only until the layer's weights have
/// had their gradients.
final class Workspace: Sendable {
  struct Layer {
    /// The normed stream that attention reads, and what `normalize` multiplied it by.
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

  /// The residual stream, and the normed embeddings with which it begins.
  let stream: Matrix
  let embedded: Matrix
  let embeddedScales: Lanes
  let layers: [Layer]
  /// Some rows' logits, which become their gradients.
  let logits: Matrix

  /// The gradients of a layer's end, middle and beginning; the beginning of one is the end of the one below.
  let dstream: Matrix
  let dmiddle: Matrix
  let dhidden: Matrix
  let dqueriesKeysValues: Matrix
  /// The gradient of what a norm or attention made.
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
    logits = matrix(layout.head.columns, rows: min(wholeVectors(rows), Self.logitRows(layout.head.columns)))
    dstream = matrix(width)
    dmiddle = matrix(width)
    dhidden = matrix(hidden)
    dqueriesKeysValues = matrix(3 * attended)
    dinput = matrix(width)
    dattended = matrix(attended)
    scratch = lanes(layout.attention.scratch(rows: configuration.context))
    self.buffers = buffers
  }

  /// How many rows' logits stand in memory at once: as many as fit half a megabyte, but sixteen at least.
  private static func logitRows(_ columns: Int) -> Int { max(16, 131_072 / columns & ~15) }
}
