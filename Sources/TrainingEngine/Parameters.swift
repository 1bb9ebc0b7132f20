import GPT
import Kernels
import ModelMemory

/// The parameters of a model in training, with their gradients, the optimizer's moments and the transposes of the
/// matrices.
final class Parameters: Sendable {
  /// One matrix of the model and all that belongs to it.
  struct Parameter: Sendable {
    let slot: ParameterLayout.Slot
    let values: Matrix
    /// The transposed values, for the backward pass; without rows for the embeddings.
    let transposed: Matrix
    /// The gradient.
    let gradients: Matrix
    let first: Matrix
    let second: Matrix
    /// The sum of squares of each sixteen rows of the gradient, the same with any number of threads.
    let squares: Lanes
    /// The key by which an embedding's rows are looked up; `nil` for the matrices of products.
    let lookup: Lookup?

    /// The number of this embedding among those with sparse gradients; `nil` for other parameters.
    let sparse: Int?

    var rows: Int { values.rows }

    /// The rows of thread `thread` when `count` threads share them, in whole blocks of sixteen.
    func rows(of thread: Int, among count: Int) -> Range<Int> {
      let blocks = rows / 16
      return 16 * (blocks * thread / count)..<16 * (blocks * (thread + 1) / count)
    }

    /// Sums the squares of those rows of the gradient, which are whole blocks of sixteen.
    func sumSquares(_ rows: Range<Int>) {
      for row in stride(from: rows.lowerBound, to: rows.upperBound, by: 16) {
        squares[row / 16] = Kernels.squares(gradients[rows: row..<row + 16])
      }
    }

    /// The same; of a sparse embedding, only the rows that the batch looked up have a gradient.
    func sumSquares(_ rows: Range<Int>, among sparseRows: [SparseRows]) {
      guard let sparse = sparse.map({ sparseRows[$0] }) else { return sumSquares(rows) }
      for block in rows.lowerBound / 16..<rows.upperBound / 16 { squares[block] = 0 }
      for block in sparse.blocks where rows.contains(16 * Int(block)) {
        squares[Int(block)] = Kernels.squares(gradients[rows: 16 * Int(block)..<16 * Int(block) + 16])
      }
    }

    /// Makes one Adam step with those of the rows that the batch looked up, and clears their gradients.
    func adapt(_ rows: Range<Int>, _ step: AdamStep, _ sparse: SparseRows) {
      for row in sparse.rows where rows.contains(Int(row)) {
        let row = Int(row)..<Int(row) + 1
        adam(
          weights: values[rows: row], gradients: gradients[rows: row], first: first[rows: row],
          second: second[rows: row], step, clearing: true)
      }
    }

    /// Makes one Adam step with those rows, and clears an embedding's gradient.
    func adapt(_ rows: Range<Int>, _ step: AdamStep) {
      adam(
        weights: values[rows: rows], gradients: gradients[rows: rows], first: first[rows: rows],
        second: second[rows: rows],
        step, clearing: isLookedUp)
      transposeRows(rows)
    }

    private var isLookedUp: Bool { lookup != nil }

    /// Adds up the gradients of those rows of an embedding: of every position that looked one of them up, in the order
    /// of the batch.
    func addLookups(_ dembedded: Matrix, _ batch: Batch, _ ngramRows: [[Int32]], _ rows: Range<Int>) {
      switch lookup {
      case nil: break
      case .token: embedBackward(dembedded, tokens: batch.inputs.span, into: gradients, owned: rows)
      case .ngram(let table):
        let found = ngramRows[table]
        embedBackward(dembedded, tokens: found.span, into: gradients, owned: rows)
      case .position:
        var first = 0
        for end in batch.ends {
          embedBackward(dembedded[rows: first..<end], into: gradients, owned: rows)
          first = end
        }
      }
    }

    func transposeRows(_ rows: Range<Int>) {
      if !isLookedUp { transpose(values[rows: rows], into: transposed[columns: rows]) }
    }
  }

  /// The key of an embedding's rows. A batch reads a few rows and has gradients for no others.
  enum Lookup {
    case token, position
    case ngram(table: Int)

    /// True for a table so large that a step had better skip the rows that its batch does not look up.
    func isSparse(rows: Int) -> Bool {
      if case .position = self { false } else { rows >= SparseRows.leastRows }
    }
  }

  let layout: ParameterLayout
  let tokens: Parameter
  /// The embeddings of positions; `nil` with rotary positions.
  let positions: Parameter?
  let head: Parameter
  let clusters: [ParameterLayout.Cluster<Parameter>]
  let layers: [ParameterLayout.Layer<Parameter>]
  let ngrams: [Parameter]
  /// The embeddings and the head.
  let outsideLayers: [Parameter]
  /// The rotations of queries and keys; `nil` with learned positions.
  let rotaryTable: RotaryTable?
  let all: [Parameter]
  /// The embeddings of which a batch looks up only some rows.
  let sparse: [Parameter]
  private let values: FloatBuffer
  private let transposes: FloatBuffer
  let gradients: FloatBuffer
  private let first: FloatBuffer
  private let second: FloatBuffer
  private let squares: FloatBuffer

  init(_ weights: Weights, _ moments: Moments?) {
    let layout = ParameterLayout(weights.configuration)
    let values = FloatBuffer(count: layout.count)
    let transposes = FloatBuffer(count: layout.transposedCount)
    let gradients = FloatBuffer(count: layout.count)
    let first = FloatBuffer(count: layout.count)
    let second = FloatBuffer(count: layout.count)
    let squares = FloatBuffer(count: wholeVectors(layout.blocks))

    layout.write(weights, to: values)
    if let moments {
      layout.write(moments.first, to: first)
      layout.write(moments.second, to: second)
    }

    var sparseCount = 0
    func parameter(_ slot: ParameterLayout.Slot, _ lookup: Lookup? = nil) -> Parameter {
      func matrix(_ buffer: FloatBuffer) -> Matrix { slot.matrix(in: buffer) }
      let isSparse = lookup.map { $0.isSparse(rows: slot.rows) } ?? false
      defer { sparseCount += isSparse ? 1 : 0 }
      return Parameter(
        slot: slot, values: matrix(values),
        transposed: transposes.matrix(
          at: slot.transposedOffset ?? 0, rows: slot.transposedOffset == nil ? 0 : slot.columns, columns: slot.rows),
        gradients: matrix(gradients), first: matrix(first), second: matrix(second),
        squares: squares.lanes(count: layout.blocks)[rows: slot.firstBlock..<slot.firstBlock + slot.blocks],
        lookup: lookup, sparse: isSparse ? sparseCount : nil)
    }

    tokens = parameter(layout.tokens, .token)
    positions = layout.positions.map { parameter($0, .position) }
    head = parameter(layout.head)
    clusters = layout.clusters.map {
      ParameterLayout.Cluster(projection: parameter($0.projection), output: parameter($0.output))
    }
    layers = layout.layers.map {
      ParameterLayout.Layer(
        queriesKeysValues: parameter($0.queriesKeysValues), output: parameter($0.output), expand: parameter($0.expand),
        contract: parameter($0.contract))
    }
    ngrams = layout.ngrams.enumerated().map { parameter($1, .ngram(table: $0)) }
    rotaryTable = layout.rotaryTable
    outsideLayers =
      [tokens, positions, head].compactMap { $0 } + clusters.flatMap { [$0.projection, $0.output] } + ngrams
    all = outsideLayers + layers.flatMap { [$0.queriesKeysValues, $0.output, $0.expand, $0.contract] }
    sparse = all.filter { $0.sparse != nil }
    (self.layout, self.values, self.transposes) = (layout, values, transposes)
    (self.gradients, self.first, self.second, self.squares) = (gradients, first, second, squares)
    for parameter in all { parameter.transposeRows(0..<parameter.rows) }
  }

  var weights: Weights { layout.read(values) }
  var gradientWeights: Weights { layout.read(gradients) }
  var moments: Moments { Moments(first: layout.read(first), second: layout.read(second)) }

  /// Clears the embeddings' gradients: a step adds to a few of their rows and expects zeros there.
  func clearEmbeddingGradients() {
    for parameter in all where parameter.lookup != nil { parameter.gradients.fill(0) }
  }

  /// The norm of the whole gradient, from the blocks' sums of squares in their order.
  var gradientNorm: Float {
    var sum = 0.0
    for block in 0..<layout.blocks { sum += Double(squares[block]) }
    return Float(sum.squareRoot())
  }
}
