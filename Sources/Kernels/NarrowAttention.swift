/// Attention for heads of 1, 2, 4 or 8 lanes: a vector holds 16 / Size heads, and everything is done for all of them at once.
///
/// Keys go by packs of Size. A pack's scores with one query fill one vector: lane h · Size + j is head h with key j of the pack. So a
/// transposed pack of keys times the query's numbers, each spread over its head's lanes, needs no sum across lanes.
enum NarrowAttention<let Size: Int> {
  typealias Pack = InlineArray<Size, Vector>

  static func forward(_ sequence: AttentionRows) {
    let (queries, keys, values, results) = (sequence.queries, sequence.keys, sequence.values, sequence.results)
    let rows = sequence.rows
    let scale = Vector(sequence.shape.scale)
    var weights = sequence.weights
    for column in stride(from: 0, to: sequence.shape.width, by: 16) {
      transposePacks(keys, column, into: sequence.scratch)
      for row in 0..<rows {
        let query = spread(queries.start[vector: row * queries.stride + column] * scale)
        let packs = row / Size + 1
        var top = Vector(-.infinity)
        for pack in 0..<packs {
          var scores = score(query, sequence.scratch, pack)
          if pack == packs - 1 { scores.replace(with: Vector(-.infinity), where: later(row - pack * Size)) }
          weights[vector: 16 * pack] = scores
          top = top.larger(scores)
        }
        top = fold(Maximum.self, top)
        var total = Vector(0)
        for pack in 0..<packs {
          let power = Vector(0).replacing(
            with: exponential(weights[vector: 16 * pack] - top), where: weights[vector: 16 * pack] .> Vector(-.infinity)
          )
          weights[vector: 16 * pack] = power
          total += power
        }
        let share = Vector(1) / fold(Sum.self, total)
        var result = Vector(0)
        for pack in 0..<packs {
          let weight = weights[vector: 16 * pack] * share
          weights[vector: 16 * pack] = weight
          let each = spread(weight)
          for key in 0..<Size {
            // Past the row itself the weight is zero, whatever it is multiplied by.
            let other = min(pack * Size + key, row)
            result = result.addingProduct(each[key], values.start[vector: other * values.stride + column])
          }
        }
        results.start[vector: row * results.stride + column] = result
        weights += 16 * packs
      }
    }
  }

  static func backward(_ sequence: AttentionRows, _ dresults: Matrix, _ dqkv: Matrix) {
    let (queries, keys, values, results) = (sequence.queries, sequence.keys, sequence.values, sequence.results)
    let width = sequence.shape.width
    let dqueries = dqkv[columns: 0..<width]
    let dkeys = dqkv[columns: width..<2 * width]
    let dvalues = dqkv[columns: 2 * width..<3 * width]
    let scale = Vector(sequence.shape.scale)
    var weights = sequence.weights
    for column in stride(from: 0, to: width, by: 16) {
      transposePacks(values, column, into: sequence.scratch)
      for row in 0..<sequence.rows {
        let query = queries.start[vector: row * queries.stride + column]
        let dresult = dresults.start[vector: row * dresults.stride + column]
        // share = softmax's: dscore = weight · (dweight − Σ weight · dweight), and that sum is result · dresult.
        let common = fold(Sum.self, dresult * results.start[vector: row * results.stride + column])
        let dspread = spread(dresult)
        var dquery = Vector(0)
        for pack in 0...row / Size {
          let weight = weights[vector: 16 * pack]
          let dscore = weight * (score(dspread, sequence.scratch, pack) - common) * scale
          let each = spread(weight)
          let deach = spread(dscore)
          for key in 0..<min(Size, row - pack * Size + 1) {
            let other = pack * Size + key
            // result = result + each[key] · value
            let dvalue = dvalues.start + other * dvalues.stride
            dvalue[vector: column] = dvalue[vector: column].addingProduct(each[key], dresult)
            // score = query · key
            let dkey = dkeys.start + other * dkeys.stride
            dkey[vector: column] = dkey[vector: column].addingProduct(deach[key], query)
            dquery = dquery.addingProduct(deach[key], keys.start[vector: other * keys.stride + column])
          }
        }
        dqueries.start[vector: row * dqueries.stride + column] = dquery
        weights += 16 * (row / Size + 1)
      }
    }
  }

  /// The products of a spread row with every transposed row of a pack, added up: lane h · Size + j for row j of the pack.
  @inline(__always)
  private static func score(_ row: Pack, _ packs: Floats, _ pack: Int) -> Vector {
    var sum = row[0] * packs[vector: 16 * Size * pack]
    for lane in 1..<max(Size, 2) where lane < Size {
      sum = sum.addingProduct(row[lane], packs[vector: 16 * (Size * pack + lane)])
    }
    return sum
  }

  /// Rows j of each pack of Size rows, so exchanged with lanes that vector d has lane h · Size + d of row j in lane h · Size + j.
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

  /// Lane d of each head in all of the head's lanes, for d from 0 on.
  @inline(__always)
  private static func spread(_ vector: Vector) -> Pack {
    var pack = Pack { _ in vector }
    exchange(&pack)
    return pack
  }

  /// In every lane what its head's lanes come to.
  @inline(__always)
  private static func fold<F: Folding>(_: F.Type, _ vector: Vector) -> Vector {
    var vector = vector
    if Size >= 2 { vector = F.combine(Unit.one(vector, vector)) }
    if Size >= 4 { vector = F.combine(Unit.two(vector, vector)) }
    if Size >= 8 { vector = F.combine(Unit.four(vector, vector)) }
    return vector
  }

  /// The lanes of the keys after key `last` of a pack.
  @inline(__always)
  private static func later(_ last: Int) -> SIMDMask<SIMD16<Int32>> {
    let keys = SIMD16<Int32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    return (keys & SIMD16(repeating: Int32(Size - 1))) .> SIMD16(repeating: Int32(last))
  }
}
