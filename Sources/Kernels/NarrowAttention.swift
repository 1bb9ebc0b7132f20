/// Attention for heads of 1, 2, 4 or 8 lanes. A vector holds 16 / Size heads, which are computed at once.
///
/// Keys are processed in packs of Size. The scores of one query with a pack fill one vector: lane h · Size + j is the
/// score of head h with key j of the pack. The packs are transposed, and each element of the query is broadcast to the
/// lanes of its head, so that a score needs no sum across lanes.
enum NarrowAttention<let Size: Int> {
  typealias Pack = InlineArray<Size, Vector>

  // Each pass goes over all rows before the next begins. Rows do not depend on each other, so the processor works on
  // several at once.

  static func forward(_ sequence: AttentionRows) {
    let (queries, keys, values, results) = (sequence.queries, sequence.keys, sequence.values, sequence.results)
    let rows = sequence.rows
    let scale = Vector(sequence.shape.scale)
    var weights = sequence.weights
    for column in stride(from: 0, to: sequence.shape.width, by: 16) {
      transposePacks(keys, column, into: sequence.scratch)
      var pointer = weights
      for row in 0..<rows {
        let query = spread(queries.start[vector: row * queries.stride + column] * scale)
        let last = row / Size
        for pack in 0..<last { pointer[vector: 16 * pack] = dotProducts(query, sequence.scratch, pack) }
        let scores = dotProducts(query, sequence.scratch, last)
        pointer[vector: 16 * last] = scores.replacing(with: Vector(-.infinity), where: later(row - last * Size))
        pointer += 16 * (last + 1)
      }
      pointer = weights
      for row in 0..<rows {
        let packs = row / Size + 1
        softmax(pointer, packs: packs)
        pointer += 16 * packs
      }
      for row in 0..<rows {
        results.start[vector: row * results.stride + column] = mean(
          of: values.start + column, stride: values.stride, through: row, weights)
        weights += 16 * (row / Size + 1)
      }
    }
  }

  static func backward(_ sequence: AttentionRows, _ dresults: Matrix, _ dqkv: Matrix) {
    let (queries, keys, values) = (sequence.queries, sequence.keys, sequence.values)
    let rows = sequence.rows
    let width = sequence.shape.width
    let dqueries = dqkv[columns: 0..<width]
    let dkeys = dqkv[columns: width..<2 * width]
    let dvalues = dqkv[columns: 2 * width..<3 * width]
    let scale = Vector(sequence.shape.scale)
    let dscores = sequence.scratch + 16 * (rows + Size)
    var weights = sequence.weights
    for column in stride(from: 0, to: width, by: 16) {
      // result = Σ weight · value, weights = softmax(scores): dscore = weight · (dweight − Σ weight · dweight)
      transposePacks(values, column, into: sequence.scratch)
      var begin = 0
      for row in 0..<rows {
        let packs = row / Size + 1
        let dresult = spread(dresults.start[vector: row * dresults.stride + column])
        var products = Vector(0)
        for pack in 0..<packs {
          let dweight = dotProducts(dresult, sequence.scratch, pack)
          dscores[vector: begin + 16 * pack] = dweight
          products = products.addingProduct(weights[vector: begin + 16 * pack], dweight)
        }
        let common = fold(Sum.self, products)
        for pack in 0..<packs {
          let offset = begin + 16 * pack
          dscores[vector: offset] = weights[vector: offset] * (dscores[vector: offset] - common) * scale
        }
        dqueries.start[vector: row * dqueries.stride + column] = Vector(0)
        begin += 16 * packs
      }
      // The gradients of a pack's keys and values stay in registers for all rows that attend to them.
      for pack in 0...(rows - 1) / Size {
        let first = pack * Size
        let count = min(Size, rows - first)
        let pastKeys = Pack { keys.start[vector: (first + min($0, count - 1)) * keys.stride + column] }
        var dpastKeys = Pack { _ in Vector(0) }
        var dpastValues = Pack { _ in Vector(0) }
        var offset = 16 * (Size * pack * (pack + 1) / 2 + pack)
        for row in first..<rows {
          let weight = spread(weights[vector: offset])
          let dscore = spread(dscores[vector: offset])
          let dresult = dresults.start[vector: row * dresults.stride + column]
          let query = queries.start[vector: row * queries.stride + column]
          var dquery = dqueries.start[vector: row * dqueries.stride + column]
          for key in 0..<Size {
            dpastValues[key] = dpastValues[key].addingProduct(weight[key], dresult)
            // score = query · key
            dpastKeys[key] = dpastKeys[key].addingProduct(dscore[key], query)
            dquery = dquery.addingProduct(dscore[key], pastKeys[key])
          }
          dqueries.start[vector: row * dqueries.stride + column] = dquery
          offset += 16 * (row / Size + 1)
        }
        for key in 0..<count {
          dkeys.start[vector: (first + key) * dkeys.stride + column] = dpastKeys[key]
          dvalues.start[vector: (first + key) * dvalues.stride + column] = dpastValues[key]
        }
      }
      weights += begin
    }
  }

  /// Returns the dot products of a broadcast row with the rows of a transposed pack: lane h · Size + j is that of head
  /// h with row j.
  @inline(__always)
  static func dotProducts(_ row: Pack, _ packs: Floats, _ pack: Int) -> Vector {
    var sum = row[0] * packs[vector: 16 * Size * pack]
    for lane in 1..<max(Size, 2) where lane < Size {
      sum = sum.addingProduct(row[lane], packs[vector: 16 * (Size * pack + lane)])
    }
    return sum
  }

  /// Replaces the scores in `packs` vectors by their softmax, for each head.
  @inline(__always)
  static func softmax(_ scores: Floats, packs: Int) {
    var top = scores[vector: 0]
    for pack in 1..<packs { top = top.larger(scores[vector: 16 * pack]) }
    top = fold(Maximum.self, top)
    var total = Vector(0)
    for pack in 0..<packs {
      let power = exponential(scores[vector: 16 * pack] - top)
      scores[vector: 16 * pack] = power
      total += power
    }
    let share = Vector(1) / fold(Sum.self, total)
    for pack in 0..<packs { scores[vector: 16 * pack] *= share }
  }

  /// Returns the weighted sum of the rows of `values` through `last`, with the weights of each head.
  @inline(__always)
  static func mean(of values: Floats, stride: Int, through last: Int, _ weights: Floats) -> Vector {
    var result = Vector(0)
    for pack in 0...last / Size {
      let weight = spread(weights[vector: 16 * pack])
      for key in 0..<Size {
        // Weights after the last row are zero, so any valid row may be read for them.
        let row = min(pack * Size + key, last)
        result = result.addingProduct(weight[key], values[vector: row * stride])
      }
    }
    return result
  }

  /// Transposes each pack of Size rows within the heads: vector d gets lane h · Size + d of row j in its lane h · Size
  /// + j.
  @inline(__always)
  private static func transposePacks(_ matrix: Matrix, _ column: Int, into packs: Floats) {
    for first in stride(from: 0, to: matrix.rows, by: Size) {
      var pack = Pack { _ in Vector(0) }
      for row in 0..<min(Size, matrix.rows - first) {
        pack[row] = matrix.start[vector: (first + row) * matrix.stride + column]
      }
      exchange(&pack)
      for lane in 0..<Size { packs[vector: 16 * (first + lane)] = pack[lane] }
    }
  }

  /// Exchanges row r, lane h · Size + l with row l, lane h · Size + r.
  @inline(__always)
  private static func exchange(_ pack: inout Pack) {
    for row in 0..<Size where Size >= 2 && row & 1 == 0 {
      (pack[row], pack[row + 1]) = Unit.one(pack[row], pack[row + 1])
    }
    for row in 0..<Size where Size >= 4 && row & 2 == 0 {
      (pack[row], pack[row + 2]) = Unit.two(pack[row], pack[row + 2])
    }
    for row in 0..<Size where Size >= 8 && row & 4 == 0 {
      (pack[row], pack[row + 4]) = Unit.four(pack[row], pack[row + 4])
    }
  }

  /// Returns Size vectors; number d has lane d of each head in all lanes of that head.
  @inline(__always)
  static func spread(_ vector: Vector) -> Pack {
    var pack = Pack { _ in vector }
    exchange(&pack)
    return pack
  }

  /// Returns the sum or maximum over the lanes of each head, in every lane of the head.
  @inline(__always)
  static func fold<F: Folding>(_: F.Type, _ vector: Vector) -> Vector {
    var vector = vector
    if Size >= 2 { vector = F.combine(Unit.one(vector, vector)) }
    if Size >= 4 { vector = F.combine(Unit.two(vector, vector)) }
    if Size >= 8 { vector = F.combine(Unit.four(vector, vector)) }
    return vector
  }

  /// Returns the lanes of the keys after key `last` of a pack, which the causal mask hides.
  @inline(__always)
  static func later(_ last: Int) -> SIMDMask<SIMD16<Int32>> {
    let keys = SIMD16<Int32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    return (keys & SIMD16(repeating: Int32(Size - 1))) .> SIMD16(repeating: Int32(last))
  }
}
