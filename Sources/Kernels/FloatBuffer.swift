#if canImport(Glibc)
  import Glibc
#else
  import CBrowser
#endif

/// Memory for floats, initially zero and aligned to a cache line, and views of it.
///
/// The owner of a buffer keeps it alive for as long as any view of it is in use.
///
/// It is `@unchecked Sendable` for the same reason as `Matrix`. Its own properties never change, and `deinit` runs on
/// one thread.
package final class FloatBuffer: @unchecked Sendable {
  package let count: Int
  let start: Floats
  private let memory: UnsafeMutableRawPointer

  package init(count: Int) {
    self.count = count
    let bytes = max(count, 1) * MemoryLayout<Float>.stride
    // With `calloc`, a page of a large buffer takes memory only once it is written to.
    guard let memory = calloc(bytes + Self.line, 1) else { preconditionFailure("no memory for \(count) floats") }
    self.memory = memory
    start = Floats(
      memory.alignedUp(toMultipleOf: Self.line).bindMemory(to: Float.self, capacity: max(count, 1)),
      count: max(count, 1))
  }

  deinit { free(memory) }

  private static let line = 64

  /// Returns a matrix of `rows` × `columns` at `offset`; columns and offset are multiples of 16.
  package func matrix(at offset: Int = 0, rows: Int, columns: Int) -> Matrix {
    precondition(
      offset >= 0 && rows >= 0 && columns.isMultiple(of: 16) && offset.isMultiple(of: 16)
        && offset + rows * rowStride(columns) <= count,
      "a \(rows) × \(columns) matrix at \(offset) does not fit a buffer of \(count)")
    let start = start.part(offset, count: rows * rowStride(columns))
    return Matrix(start: start, rows: rows, columns: columns, stride: rowStride(columns))
  }

  /// Returns one float for each of `count` rows, at `offset`; the memory is a whole number of vectors.
  package func lanes(at offset: Int = 0, count: Int) -> Lanes {
    precondition(
      offset >= 0 && offset.isMultiple(of: 16) && count >= 0 && offset + wholeVectors(count) <= self.count,
      "\(count) lanes at \(offset) do not fit a buffer of \(self.count)")
    return Lanes(start: start.part(offset, count: wholeVectors(count)), count: count)
  }

  package func copy(from other: FloatBuffer) {
    precondition(count == other.count, "\(other.count) floats into \(count)")
    start.plain(count).update(from: other.start.plain(count), count: count)
  }

  /// Adds the elements of `other` to the elements with the same index.
  package func add(_ other: FloatBuffer) {
    precondition(count == other.count && count.isMultiple(of: 16), "\(other.count) floats onto \(count)")
    for offset in stride(from: 0, to: count, by: 16) { start[vector: offset] += other.start[vector: offset] }
  }

  /// Calls `body` with all elements.
  package func withNumbers<Result>(_ body: (Span<Float>) -> Result) -> Result {
    body(UnsafeBufferPointer(start: start.plain(count), count: count).span)
  }

  package func withMutableNumbers<Result>(_ body: (inout MutableSpan<Float>) -> Result) -> Result {
    var numbers = UnsafeMutableBufferPointer(start: start.plain(count), count: count).mutableSpan
    return body(&numbers)
  }

  package subscript(index: Int) -> Float {
    get {
      precondition(index >= 0 && index < count, "\(index) lies outside a buffer of \(count)")
      return start[index]
    }
    set {
      precondition(index >= 0 && index < count, "\(index) lies outside a buffer of \(count)")
      start[index] = newValue
    }
  }
}

/// A view of rows of floats in a `FloatBuffer`. The number of columns is a multiple of 16; padding columns hold zeros.
///
/// It is `@unchecked Sendable` because a copy holds constants and a pointer to memory that no view allocates or frees.
/// A kernel writes only to the views passed to it as outputs, so threads that write to disjoint views do not race. The
/// engine gives each thread rows of its own between two barriers of its `ThreadTeam`.
package struct Matrix: @unchecked Sendable {
  let start: Floats
  package let rows: Int
  package let columns: Int
  let stride: Int

  var vectors: Int { columns / 16 }
  /// True if the rows are contiguous in memory, padding included. They then take `floats` floats.
  var isWhole: Bool { stride == rowStride(columns) }
  var floats: Int { rows * stride }

  package subscript(rows range: Range<Int>) -> Matrix {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
    return Matrix(start: start + range.lowerBound * stride, rows: range.count, columns: columns, stride: stride)
  }

  package subscript(columns range: Range<Int>) -> Matrix {
    precondition(
      range.lowerBound.isMultiple(of: 16) && range.count.isMultiple(of: 16) && range.upperBound <= columns,
      "columns \(range) of \(columns)")
    return Matrix(start: start + range.lowerBound, rows: rows, columns: range.count, stride: stride)
  }

  package func fill(_ value: Float) {
    for row in 0..<rows {
      for vector in 0..<vectors { start[vector: row * stride + 16 * vector] = Vector(value) }
    }
  }

  package subscript(row: Int, column: Int) -> Float {
    get {
      precondition(
        row >= 0 && row < rows && column >= 0 && column < columns, "(\(row), \(column)) of \(rows) × \(columns)")
      return start[row * stride + column]
    }
    nonmutating set {
      precondition(
        row >= 0 && row < rows && column >= 0 && column < columns, "(\(row), \(column)) of \(rows) × \(columns)")
      start[row * stride + column] = newValue
    }
  }
}

/// A view of one float per row. It is `@unchecked Sendable` for the same reason as `Matrix`.
package struct Lanes: @unchecked Sendable {
  let start: Floats
  package let count: Int

  package subscript(rows range: Range<Int>) -> Lanes {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "lanes \(range) of \(count)")
    return Lanes(start: start + range.lowerBound, count: range.count)
  }

  package subscript(row: Int) -> Float {
    get {
      precondition(row >= 0 && row < count, "lane \(row) of \(count)")
      return start[row]
    }
    nonmutating set {
      precondition(row >= 0 && row < count, "lane \(row) of \(count)")
      start[row] = newValue
    }
  }
}

/// `count` rounded up to whole vectors.
package func wholeVectors(_ count: Int) -> Int { (count + 15) & ~15 }

/// The distance in floats from one row of `columns` floats to the next.
///
/// A first-level cache places a line by its address modulo a few kilobytes. Rows an odd number of lines apart spread
/// over the whole cache; at a power of two, they would evict each other.
package func rowStride(_ columns: Int) -> Int {
  columns >= 128 && (columns / 16).isMultiple(of: 2) ? columns + 16 : columns
}
