import Kernels
import Support
import Testing

/// Every backward kernel against central differences of its forward kernel. In single precision these detect only a
/// wrong derivative; `AgreementTests` compares the whole network with the reference engine to about a millionth.
struct GradientTests {
  static let tolerance = 3e-3

  @Test(arguments: [(1, 5, 7), (7, 16, 48), (19, 33, 20), (40, 64, 130)])
  func `gradients of products agree with differences`(rows: Int, depth: Int, width: Int) {
    var random = RandomSource(seed: UInt64(rows))
    let x = Numbers(rows: rows, width: depth, using: &random)
    let w = Numbers(rows: depth, width: width, using: &random)
    let dy = Numbers(rows: rows, width: width, using: &random)
    let y = Numbers(rows: rows, width: width)
    func loss() -> Double {
      multiply(x.matrix, w.matrix, into: y.matrix)
      return inner(y.values, dy.values)
    }

    let across = Numbers(rows: width, width: depth)
    for row in 0..<width {
      for column in 0..<depth { across.matrix[row, column] = w.matrix[column, row] }
    }
    let dx = Numbers(rows: rows, width: depth)
    multiply(dy.matrix, across.matrix, into: dx.matrix)
    #expect(worstGradientError(x, dx, loss) < Self.tolerance)

    let dw = Numbers(rows: depth, width: width)
    multiplyTransposed(x.matrix, dy.matrix, into: dw.matrix)
    #expect(worstGradientError(w, dw, loss) < Self.tolerance)
  }

  @Test func `gradients of epilogues agree with differences`() {
    var random = RandomSource(seed: 5)
    let x = Numbers(rows: 9, width: 20, using: &random)
    let w = Numbers(rows: 20, width: 37, using: &random)
    let base = Numbers(rows: 9, width: 37, using: &random)
    let plain = Numbers(rows: 9, width: 37)
    let other = Numbers(rows: 9, width: 37)
    multiply(x.matrix, w.matrix, into: plain.matrix)

    multiply(x.matrix, w.matrix, into: other.matrix, .rectify)
    #expect(other.values == plain.values.map { $0.map { max(0, $0) } })
    multiply(x.matrix, w.matrix, into: other.matrix, .gate(base.matrix))
    #expect(other.values == zip(plain.values, base.values).map { zip($0, $1).map { $1 > 0 ? $0 : 0 } })
    multiply(x.matrix, w.matrix, into: other.matrix, .rectifyAndSquare)
    #expect(other.values == plain.values.map { $0.map { Double(Float(max(0, $0) * max(0, $0))) } })
    for row in 0..<9 {
      for column in 0..<37 { base.matrix[row, column] *= base.matrix[row, column] }
    }
    multiply(x.matrix, w.matrix, into: other.matrix, .gateBySquare(base.matrix))
    for (gradient, (y, square)) in zip(other.values.joined(), zip(plain.values.joined(), base.values.joined())) {
      #expect(abs(gradient - 2 * y * square.squareRoot()) < 1e-5)
    }
    multiply(x.matrix, w.matrix, into: other.matrix, .adding(base.matrix))
    for (sum, (a, b)) in zip(other.values.joined(), zip(plain.values.joined(), base.values.joined())) {
      #expect(abs(sum - (a + b)) < 1e-5)
    }
  }

  /// A long sum is computed in parts, and a large product prefetches between its terms. The terms must still be added
  /// in their order, to one number.
  @Test(arguments: [(1000, 18, 34), (150, 260, 200), (5, 300, 250)])
  func `a product adds its terms in order`(rows: Int, inputs: Int, outputs: Int) {
    var random = RandomSource(seed: 6)
    let x = Numbers(rows: rows, width: inputs, using: &random)
    let w = Numbers(rows: inputs, width: outputs, using: &random)
    let dy = Numbers(rows: rows, width: outputs, using: &random)
    let (y, dw) = (Numbers(rows: rows, width: outputs), Numbers(rows: inputs, width: outputs))
    multiply(x.matrix, w.matrix, into: y.matrix, depth: inputs)
    multiplyTransposed(x.matrix, dy.matrix, into: dw.matrix)
    var wrong = 0
    for output in 0..<outputs {
      for input in 0..<inputs {
        var sum: Float = 0
        for row in 0..<rows { sum.addProduct(x.matrix[row, input], dy.matrix[row, output]) }
        if dw.matrix[input, output] != sum { wrong += 1 }
      }
      for row in 0..<rows {
        var sum: Float = 0
        for input in 0..<inputs { sum.addProduct(x.matrix[row, input], w.matrix[input, output]) }
        if y.matrix[row, output] != sum { wrong += 1 }
      }
    }
    #expect(wrong == 0)
  }

  @Test(arguments: [(1, 4), (16, 16), (21, 20), (33, 100)])
  func `gradients of norms agree with differences`(rows: Int, width: Int) {
    var random = RandomSource(seed: UInt64(width))
    let x = Numbers(rows: rows, width: width, using: &random)
    let dy = Numbers(rows: rows, width: width, using: &random)
    let y = Numbers(rows: rows, width: width)
    let scales = FloatBuffer(count: wholeVectors(rows))
    func loss() -> Double {
      normalize(x.matrix, width: width, into: y.matrix, scales: scales.lanes(count: rows))
      return inner(y.values, dy.values)
    }
    _ = loss()
    let dx = Numbers(rows: rows, width: width)
    normalizeBackward(
      dy.matrix, out: y.matrix, scales: scales.lanes(count: rows), width: width, adding: nil, into: dx.matrix)
    #expect(worstGradientError(x, dx, loss) < Self.tolerance)
  }

  @Test(arguments: [
    (1, 4, 4), (7, 4, 4), (9, 16, 1), (5, 8, 2), (11, 5, 3), (17, 4, 8), (20, 3, 7), (3, 2, 16), (18, 2, 16),
    (33, 1, 20), (6, 3, 32), (140, 1, 9),
  ])
  func `gradients of attention agree with differences`(rows: Int, heads: Int, headSize: Int) {
    var random = RandomSource(seed: UInt64(rows * 100 + headSize))
    let shape = AttentionShape(heads: heads, headSize: headSize)
    let input = Numbers(rows: rows, width: 3 * shape.width)
    for row in 0..<rows {
      for part in 0..<3 {
        for index in 0..<heads * headSize {
          input.matrix[row, part * shape.width + shape.column(index)] = Float(random.normal())
        }
      }
    }
    let dy = Numbers(rows: rows, width: shape.width, using: &random)
    let y = Numbers(rows: rows, width: shape.width)
    let memory = FloatBuffer(count: shape.memory(rows: rows))
    let scratch = FloatBuffer(count: wholeVectors(shape.scratch(rows: rows)))
    let sequence = AttentionRows(
      shape, queriesKeysValues: input.matrix, results: y.matrix, memory: memory.lanes(count: memory.count), offset: 0,
      scratch: scratch.lanes(count: scratch.count))
    // Padding between heads is not a part of the model, so its gradient is zero.
    let used = Set((0..<heads * headSize).map(shape.column))
    for row in 0..<rows {
      for column in 0..<shape.width where !used.contains(column) { dy.matrix[row, column] = 0 }
    }
    func loss() -> Double {
      attend(sequence)
      return inner(y.values, dy.values)
    }
    _ = loss()
    let gradients = Numbers(rows: rows, width: 3 * shape.width)
    attendBackward(sequence, dresults: dy.matrix, into: gradients.matrix)
    for row in 0..<rows {
      for part in 0..<3 {
        for column in 0..<shape.width where !used.contains(column) {
          #expect(gradients.matrix[row, part * shape.width + column] == 0)
        }
      }
    }
    #expect(worstGradientError(input, gradients, loss) < Self.tolerance)
    withExtendedLifetime((memory, scratch)) {}
  }

  @Test(arguments: [(1, 4, 4), (7, 3, 6), (9, 2, 2), (5, 8, 8), (6, 1, 12), (18, 2, 16), (4, 3, 40)])
  func `gradients of rotations agree with differences`(rows: Int, heads: Int, headSize: Int) {
    var random = RandomSource(seed: UInt64(rows * 100 + headSize))
    let shape = AttentionShape(heads: heads, headSize: headSize)
    let table = RotaryTable(shape, positions: rows) { position, pair in
      let (sine, cosine) = sineAndCosine(Double(position) / Double(1 + pair))
      return (Float(cosine), Float(sine))
    }
    let x = Numbers(rows: rows, width: 2 * shape.width)
    for row in 0..<rows {
      for part in 0..<2 {
        for index in 0..<heads * headSize {
          x.matrix[row, part * shape.width + shape.rotaryColumn(index)] = Float(random.normal())
        }
      }
    }
    let dy = Numbers(rows: rows, width: 2 * shape.width, using: &random)
    let y = Numbers(rows: rows, width: 2 * shape.width)
    func copy(_ source: Numbers, to target: Numbers) {
      for row in 0..<rows {
        for column in 0..<source.width { target.matrix[row, column] = source.matrix[row, column] }
      }
    }
    func loss() -> Double {
      copy(x, to: y)
      rotate(y.matrix, by: table)
      return inner(y.values, dy.values)
    }
    _ = loss()
    for (row, numbers) in x.values.enumerated() {
      // Rotations keep lengths, and the first position is not rotated.
      func length(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }
      #expect(abs(length(y.values[row]) / length(numbers) - 1) < 1e-6)
      if row == 0 { #expect(y.values[0] == numbers) }
    }
    // Padding is zero, whatever its gradient.
    let used = Set((0..<heads * headSize).map(shape.rotaryColumn))
    #expect(used == Set((0..<heads * headSize).map(shape.column)))
    for row in 0..<rows {
      for column in 0..<2 * shape.width where !used.contains(column % shape.width) { dy.matrix[row, column] = 0 }
    }
    let dx = Numbers(rows: rows, width: 2 * shape.width)
    copy(dy, to: dx)
    rotateBackward(dx.matrix, by: table)
    #expect(worstGradientError(x, dx, loss) < Self.tolerance)

    _ = loss()
    let before = y.values
    copy(x, to: y)
    let positions = Array(0..<Int32(rows))
    rotate(y.matrix, at: positions.span, by: table)
    #expect(y.values == before)
  }

  @Test(arguments: [(1, 2), (16, 27), (19, 64), (5, 1000)])
  func `gradients of the cross-entropy agree with differences`(rows: Int, vocabulary: Int) {
    var random = RandomSource(seed: UInt64(vocabulary))
    let logits = Numbers(rows: rows, width: vocabulary, scale: 3, using: &random)
    let targets = (0..<rows).map { _ in Int32(random.integer(below: vocabulary)) }
    let weights = (0..<rows).map { _ in Float(random.uniform()) }
    let losses = FloatBuffer(count: wholeVectors(rows))
    let work = Numbers(rows: rows, width: vocabulary)
    func loss() -> Double {
      for row in 0..<rows {
        for column in 0..<vocabulary { work.matrix[row, column] = logits.matrix[row, column] }
      }
      crossEntropy(
        work.matrix, vocabulary: vocabulary, targets: targets.span, weights: weights.span,
        losses: losses.lanes(count: rows))
      return (0..<rows).reduce(0) { $0 + Double(weights[$1]) * Double(losses[$1]) }
    }
    _ = loss()
    let gradients = Numbers(rows: rows, width: vocabulary)
    for row in 0..<rows {
      for column in 0..<vocabulary { gradients.matrix[row, column] = work.matrix[row, column] }
    }
    #expect(worstGradientError(logits, gradients, loss) < Self.tolerance)
  }

  @Test func `gradients of embeddings agree with differences`() {
    var random = RandomSource(seed: 8)
    let tokens: [Int32] = [3, 1, 3, 0, 3]
    let tokenRows = Numbers(rows: 4, width: 20, using: &random)
    let positionRows = Numbers(rows: 6, width: 20, using: &random)
    let dy = Numbers(rows: 5, width: 20, using: &random)
    let y = Numbers(rows: 5, width: 20)
    func loss() -> Double {
      embed(tokens.span, tokenRows: tokenRows.matrix, positionRows: positionRows.matrix, into: y.matrix)
      return inner(y.values, dy.values)
    }
    let dtokens = Numbers(rows: 4, width: 20)
    let dpositions = Numbers(rows: 6, width: 20)
    // As with two threads, each of which adds to the rows that it owns.
    for owned in [0..<2, 2..<6] {
      embedBackward(dy.matrix, tokens: tokens.span, into: dtokens.matrix, owned: owned.clamped(to: 0..<4))
      embedBackward(dy.matrix, into: dpositions.matrix, owned: owned)
    }
    #expect(worstGradientError(tokenRows, dtokens, loss) < Self.tolerance)
    #expect(worstGradientError(positionRows, dpositions, loss) < Self.tolerance)
  }
}
