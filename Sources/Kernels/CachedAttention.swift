/// The key/value cache of one layer: the keys and values of many sequences, each in a slot of its own.
///
/// The keys are stored as attention reads them: those of narrow heads in transposed packs, those of wide heads with one
/// position per column.
///
/// It is `@unchecked Sendable` for the same reason as `Matrix`: a copy holds constants and a pointer.
package struct AttentionCache: @unchecked Sendable {
  let shape: AttentionShape
  package let slots: Int
  package let context: Int
  private let memory: Floats

  /// Creates a cache in `memory`, which has room for `Self.memory(…)` floats.
  package init(_ shape: AttentionShape, slots: Int, context: Int, memory: Lanes) {
    precondition(
      memory.count >= Self.memory(shape, slots: slots, context: context),
      "\(slots) slots of \(context) positions do not fit \(memory.count) floats")
    self.shape = shape
    self.slots = slots
    self.context = context
    self.memory = memory.start
  }

  /// Returns the number of floats of the keys and values of `slots` sequences of up to `context` rows.
  package static func memory(_ shape: AttentionShape, slots: Int, context: Int) -> Int {
    slots * (keyCount(shape, context) + shape.width * context)
  }

  /// Returns the number of floats of scratch memory that `attend` needs.
  package static func scratch(_ shape: AttentionShape, context: Int) -> Int {
    shape.lanes >= 16 ? shape.heads * wholeVectors(context) : rowsAtOnce * scoresOfOneRow(shape, context)
  }

  /// Copies the first `count` positions of one slot to another.
  package func copy(_ count: Int, from source: Int, to target: Int) {
    precondition(source < slots && target < slots && source >= 0 && target >= 0 && count <= context)
    let (from, to) = (keys(source), keys(target))
    if shape.lanes >= 16 {
      for offset in stride(from: 0, to: keyCount, by: width) {
        for column in stride(from: 0, to: count, by: 16) {
          to[vector: offset + column] = from[vector: offset + column]
        }
      }
    } else {
      for offset in stride(from: 0, to: keyCount, by: 16 * width) {
        for position in 0..<min(Self.wholePacks(count, shape.lanes), width) {
          to[vector: offset + 16 * position] = from[vector: offset + 16 * position]
        }
      }
    }
    let (fromValues, toValues) = (values(source), values(target))
    for offset in stride(from: 0, to: shape.width * count, by: 16) {
      toValues[vector: offset] = fromValues[vector: offset]
    }
  }

  /// The number of rows of a block, for which narrow attention computes all scores before it applies the softmax.
  static var rowsAtOnce: Int { 16 }

  /// The distance in floats from one element of a wide head's key to the next; for narrow heads, the number of
  /// positions.
  var width: Int { Self.keyWidth(shape, context) }
  /// The number of floats of one slot's keys.
  private var keyCount: Int { Self.keyCount(shape, context) }
  var scoresOfOneRow: Int { Self.scoresOfOneRow(shape, context) }

  func keys(_ slot: Int) -> Floats { memory + slot * (keyCount + shape.width * context) }
  /// The values (context, width) of one slot.
  func values(_ slot: Int) -> Floats { keys(slot) + keyCount }

  private static func keyCount(_ shape: AttentionShape, _ context: Int) -> Int {
    shape.width * keyWidth(shape, context)
  }

  private static func keyWidth(_ shape: AttentionShape, _ context: Int) -> Int {
    shape.lanes >= 16 ? wholeVectors(context) : wholePacks(context, shape.lanes)
  }

  private static func scoresOfOneRow(_ shape: AttentionShape, _ context: Int) -> Int {
    wholePacks(context, shape.lanes) / shape.lanes * 16
  }

  private static func wholePacks(_ count: Int, _ size: Int) -> Int { (count + size - 1) / size * size }
}

extension AttentionCache {
  /// The scaled products of each head's query in a row of `queriesKeysValues` with the keys of positions
  /// 0 ... `position` of a slot (heads, position + 1): the logarithms of attention, up to a constant for each head.
  package func scores(of queriesKeysValues: Matrix, row: Int, slot: Int, position: Int) -> [[Float]] {
    precondition(
      queriesKeysValues.columns == 3 * shape.width && row >= 0 && row < queriesKeysValues.rows && slot >= 0
        && slot < slots && position >= 0 && position < context,
      "position \(position) of slot \(slot) in a cache of \(slots) × \(context)")
    let query = queriesKeysValues.start + row * queriesKeysValues.stride
    return (0..<shape.heads).map { head in
      (0...position).map { position in
        var sum: Float = 0
        for column in head * shape.lanes..<(head + 1) * shape.lanes {
          sum += query[column] * key(slot, position, column)
        }
        return sum * shape.scale
      }
    }
  }

  /// A column of a key, which is where `forward` keeps it.
  private func key(_ slot: Int, _ position: Int, _ column: Int) -> Float {
    if shape.lanes >= 16 { return keys(slot)[column * width + position] }
    let (place, lane, number) = (position % shape.lanes, column % shape.lanes, column % 16)
    return keys(slot)[(column - number) * width + 16 * (position - place) + place + 16 * lane + number - lane]
  }
}

/// results (R, width) = attention of each row to its slot's rows up to its own position. The keys and values of the
/// rows are added to the cache.
///
/// Several rows may belong to one sequence if they are in its order. Results are bit-identical to those of `attend`
/// over whole sequences.
package func attend(
  _ queriesKeysValues: Matrix, _ cache: AttentionCache, slots: Span<Int32>, positions: Span<Int32>, scratch: Lanes,
  into results: Matrix
) {
  let shape = cache.shape
  precondition(
    queriesKeysValues.columns == 3 * shape.width && results.columns == shape.width
      && results.rows == queriesKeysValues.rows && slots.count == results.rows && positions.count == results.rows
      && scratch.count >= AttentionCache.scratch(shape, context: cache.context))
  for row in 0..<results.rows {
    precondition(
      slots[row] >= 0 && slots[row] < cache.slots && positions[row] >= 0 && positions[row] < cache.context,
      "position \(positions[row]) of slot \(slots[row]) in a cache of \(cache.slots) × \(cache.context)")
  }
  let rows = CachedRows(
    queriesKeysValues: queriesKeysValues, results: results, cache: cache, scratch: scratch.start)
  switch shape.lanes {
  case 1: NarrowAttention<1>.forward(rows, slots, positions)
  case 2: NarrowAttention<2>.forward(rows, slots, positions)
  case 4: NarrowAttention<4>.forward(rows, slots, positions)
  case 8: NarrowAttention<8>.forward(rows, slots, positions)
  default: WideAttention.forward(rows, slots, positions)
  }
}

/// Everything that cached attention reads and writes for rows of several sequences.
struct CachedRows {
  let queriesKeysValues: Matrix
  let results: Matrix
  let cache: AttentionCache
  let scratch: Floats

  func query(_ row: Int) -> Floats { queriesKeysValues.start + row * queriesKeysValues.stride }
  func key(_ row: Int) -> Floats { query(row) + cache.shape.width }
  func value(_ row: Int) -> Floats { query(row) + 2 * cache.shape.width }
  func result(_ row: Int) -> Floats { results.start + row * results.stride }
}

extension NarrowAttention {
  static func forward(_ rows: CachedRows, _ slots: Span<Int32>, _ positions: Span<Int32>) {
    let cache = rows.cache
    let width = cache.shape.width
    let scale = Vector(cache.shape.scale)
    let stride = cache.scoresOfOneRow
    for first in Swift.stride(from: 0, to: slots.count, by: AttentionCache.rowsAtOnce) {
      let block = first..<min(first + AttentionCache.rowsAtOnce, slots.count)
      for column in Swift.stride(from: 0, to: width, by: 16) {
        for row in block {
          let position = Int(positions[row])
          keep(rows.key(row) + column, position, in: cache.keys(Int(slots[row])) + column * cache.width)
          cache.values(Int(slots[row]))[vector: position * width + column] = rows.value(row)[vector: column]
        }
        for row in block {
          let keys = cache.keys(Int(slots[row])) + column * cache.width
          let position = Int(positions[row])
          let query = spread(rows.query(row)[vector: column] * scale)
          let last = position / Size
          let scores = rows.scratch + (row - first) * stride
          for pack in 0..<last { scores[vector: 16 * pack] = dotProducts(query, keys, pack) }
          scores[vector: 16 * last] = dotProducts(query, keys, last).replacing(
            with: Vector(-.infinity), where: later(position - last * Size))
        }
        for row in block { softmax(rows.scratch + (row - first) * stride, packs: Int(positions[row]) / Size + 1) }
        for row in block {
          rows.result(row)[vector: column] = mean(
            of: cache.values(Int(slots[row])) + column, stride: width, through: Int(positions[row]),
            rows.scratch + (row - first) * stride)
        }
      }
    }
  }

  /// Stores the key of `position` in its transposed pack.
  ///
  /// Sixteen scalar stores are cheaper than reading, blending and writing back whole vectors.
  @inline(__always)
  private static func keep(_ key: Floats, _ position: Int, in packs: Floats) {
    let place = position & (Size - 1)
    let pack = packs + 16 * (position - place) + place
    for number in 0..<16 {
      let lane = number & (Size - 1)
      pack[16 * lane + number - lane] = key[number]
    }
  }
}

extension WideAttention {
  static func forward(_ rows: CachedRows, _ slots: Span<Int32>, _ positions: Span<Int32>) {
    let cache = rows.cache
    let (heads, lanes) = (cache.shape.heads, cache.shape.lanes)
    for row in 0..<slots.count {
      let position = Int(positions[row])
      let keys = cache.keys(Int(slots[row]))
      let values = cache.values(Int(slots[row]))
      for column in 0..<cache.shape.width { keys[column * cache.width + position] = rows.key(row)[column] }
      for column in stride(from: 0, to: cache.shape.width, by: 16) {
        values[vector: position * cache.shape.width + column] = rows.value(row)[vector: column]
      }
      let seen = Matrix(
        start: rows.scratch, rows: heads, columns: wholeVectors(position + 1), stride: wholeVectors(position + 1))
      for head in 0..<heads {
        let query = Matrix(start: rows.query(row) + head * lanes, rows: 1, columns: lanes, stride: lanes)
        let keys = Matrix(
          start: keys + head * lanes * cache.width, rows: lanes, columns: seen.columns, stride: cache.width)
        multiply(query, keys, into: seen[rows: head..<head + 1])
      }
      for first in stride(from: 0, to: heads, by: 16) {
        softmax(
          seen[rows: first..<min(first + 16, heads)], valid: position + 1, growth: 0, scale: cache.shape.scale)
      }
      for head in 0..<heads {
        let values = Matrix(
          start: values + head * lanes, rows: position + 1, columns: lanes, stride: cache.shape.width)
        let result = Matrix(start: rows.result(row) + head * lanes, rows: 1, columns: lanes, stride: lanes)
        multiply(seen[rows: head..<head + 1], values, into: result, depth: position + 1)
      }
    }
  }
}
