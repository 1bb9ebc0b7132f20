import GPT

typealias Vector = [Scalar]
typealias Matrix = [Vector]

/// The network, one position and one number at a time: GPT-2 with RMS norms and ReLU, and without biases.
struct GPT {
  struct Layer {
    let attentionWq, attentionWk, attentionWv, attentionWo: Matrix
    let fc1, fc2: Matrix
  }

  /// The tokens read so far, and their keys and values, layer by layer.
  struct Past {
    fileprivate(set) var tokens: [Int32] = []
    fileprivate(set) var layers: [(keys: Matrix, values: Matrix)]
  }

  let configuration: Configuration
  let wte: Matrix
  /// The embeddings of positions; `nil` with rotary positions.
  let wpe: Matrix?
  let lmHead: Matrix
  /// The clusters of an adaptive softmax.
  let clusters: [(projection: Matrix, output: Matrix)]
  let layers: [Layer]
  /// The n-gram tables, if the network has any.
  let ngrams: [Matrix]

  /// The network whose weights are `parameters`: every tensor of the configuration in turn, row by row.
  init(_ configuration: Configuration, parameters: [Scalar]) {
    var rest = parameters[...]
    var matrices = configuration.tensors.map { shape in
      (0..<shape.rows).map { _ -> Vector in
        defer { rest = rest.dropFirst(shape.columns) }
        return Vector(rest.prefix(shape.columns))
      }
    }[...]
    self.configuration = configuration
    wte = matrices.removeFirst()
    wpe = configuration.positions == .learned ? matrices.removeFirst() : nil
    lmHead = matrices.removeFirst()
    clusters = configuration.cutoffs.map { _ in (matrices.removeFirst(), matrices.removeFirst()) }
    layers = (0..<configuration.layers).map { _ in
      Layer(
        attentionWq: matrices.removeFirst(), attentionWk: matrices.removeFirst(), attentionWv: matrices.removeFirst(),
        attentionWo: matrices.removeFirst(), fc1: matrices.removeFirst(), fc2: matrices.removeFirst())
    }
    ngrams = Array(matrices)
  }

  var nothingPast: Past { Past(layers: Array(repeating: ([], []), count: configuration.layers)) }

  /// Returns the logits of the token after `token`, which is at `position` and follows those in `past`. What `batch`
  /// drops in its row `row` is dropped.
  func logits(
    after token: Int32, at position: Int, _ past: inout Past, dropping batch: Batch = Batch(), row: Int = 0
  ) -> Vector {
    precondition(position < configuration.context, "position \(position) in a context of \(configuration.context)")
    var x = wte[Int(token)]
    if let wpe { x = add(x, wpe[position]) }
    let before = [configuration.boundary, configuration.boundary] + past.tokens
    for (number, (table, rows)) in zip(configuration.ngramTables, ngrams).enumerated()
    where !batch.isDropped(row, table: number) {
      x = add(x, rows[Int(table.row(token, after: before[before.count - 1], before[before.count - 2]))])
    }
    x = x.enumerated().map { element, number in batch.isDropped(row, element: element) ? number * 0 : number }
    past.tokens.append(token)
    x = rmsnorm(x)
    for (index, layer) in layers.enumerated() {
      x = add(x, attention(layer, rmsnorm(x), at: position, &past.layers[index]))
      x = add(x, feedForward(layer, rmsnorm(x)))
    }
    return logits(of: configuration.finalNorm ? rmsnorm(x) : x)
  }

  /// Returns the logit of every token. With an adaptive softmax, that of a token in a cluster is the cluster's logit
  /// plus the logarithm of the token's probability within the cluster.
  private func logits(of x: Vector) -> Vector {
    guard let adaptive = configuration.adaptiveSoftmax else { return linear(x, lmHead) }
    let head = linear(x, lmHead)
    var ofClasses = head[..<adaptive.frequent]
    for (index, cluster) in clusters.enumerated() {
      let within = softmax(linear(linear(x, cluster.projection), cluster.output))
      ofClasses += within.map { head[adaptive.frequent + index] + $0.log() }
    }
    // The boundary has the first class and the last number.
    return Vector(ofClasses.dropFirst() + ofClasses.prefix(1))
  }

  private func attention(
    _ layer: Layer, _ x: Vector, at position: Int, _ past: inout (keys: Matrix, values: Matrix)
  ) -> Vector {
    let query = rotated(linear(x, layer.attentionWq), at: position)
    past.keys.append(rotated(linear(x, layer.attentionWk), at: position))
    past.values.append(linear(x, layer.attentionWv))
    var output: Vector = []
    for head in 0..<configuration.heads {
      let part = (head * configuration.headSize)..<((head + 1) * configuration.headSize)
      let scale = Double(configuration.headSize).squareRoot()
      let weights = softmax(past.keys.map { key in dot(query[part], key[part]) / scale })
      for column in part {
        output.append(sum(zip(weights, past.values).map { weight, value in weight * value[column] }))
      }
    }
    return linear(output, layer.attentionWo)
  }

  /// Rotary positions: rotates elements i and i + headSize / 2 of each head by position · base^(−2i / headSize).
  private func rotated(_ x: Vector, at position: Int) -> Vector {
    guard configuration.positions == .rotary else { return x }
    let size = configuration.headSize
    var result = x
    for head in stride(from: 0, to: x.count, by: size) {
      for first in head..<head + size / 2 {
        let second = first + size / 2
        let angle = Double(position) * power(RotaryPositions.base, -2 * Double(first - head) / Double(size))
        result[first] = x[first] * cosine(angle) - x[second] * sine(angle)
        result[second] = x[second] * cosine(angle) + x[first] * sine(angle)
      }
    }
    return result
  }

  private func feedForward(_ layer: Layer, _ x: Vector) -> Vector {
    let hidden = linear(x, layer.fc1).map { $0.relu() }
    return linear(configuration.activation == .squaredRelu ? hidden.map { $0 * $0 } : hidden, layer.fc2)
  }

  /// Returns the loss, −ln of the target's probability, of each of the rows of `batch`, which are one sequence.
  func losses(of batch: Batch, _ rows: Range<Int>) -> [Scalar] {
    var past = nothingPast
    return rows.map { row in
      let logits = logits(after: batch.inputs[row], at: row - rows.lowerBound, &past, dropping: batch, row: row)
      return -softmax(logits)[Int(batch.targets[row])].log()
    }
  }
}

// MARK: Operations on vectors

func add(_ a: Vector, _ b: Vector) -> Vector { zip(a, b).map { $0 + $1 } }

func sum(_ terms: Vector) -> Scalar { terms.dropFirst().reduce(terms[0]) { $0 + $1 } }

func dot(_ a: ArraySlice<Scalar>, _ b: ArraySlice<Scalar>) -> Scalar {
  var total = a[a.startIndex] * b[b.startIndex]
  for (a, b) in zip(a.dropFirst(), b.dropFirst()) { total = total + a * b }
  return total
}

func linear(_ x: Vector, _ w: Matrix) -> Vector { w.map { row in dot(row[...], x[...]) } }

func rmsnorm(_ x: Vector) -> Vector {
  let meanSquare = dot(x[...], x[...]) / Double(x.count)
  let scale = (meanSquare + 1e-5).power(-0.5)
  return x.map { $0 * scale }
}

/// The softmax of logits shifted by the largest, so that no exponential overflows; the shift cancels.
func softmax(_ logits: Vector) -> Vector {
  let largest = logits.reduce(-.infinity) { max($0, $1.value) }
  let exponentials = logits.map { ($0 - largest).exp() }
  let total = sum(exponentials)
  return exponentials.map { $0 / total }
}
