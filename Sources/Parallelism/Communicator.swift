/// Processes that train one model together, each with the same data and its own share of the arithmetic.
///
/// All of them call the same functions in the same order. A process that loses another one ends with an error message.
package protocol Communicator: AnyObject, Sendable {
  /// The number of this process. The first is 0, and it alone writes files and prints.
  var rank: Int { get }

  /// The number of processes.
  var count: Int { get }

  /// Sends `outgoing` to the process `partner`, which calls this too, and receives as many numbers from it.
  func exchange(_ outgoing: Span<Float>, with partner: Int, receiving incoming: inout MutableSpan<Float>)

  /// Returns the numbers of all processes, in the order of their ranks.
  func gather(_ number: UInt64) -> [UInt64]
}

extension Communicator {
  package var isFirst: Bool { rank == 0 }
}

/// The place of a process among those that train together.
package struct ProcessPlace {
  package let rank: Int
  package let count: Int

  package init(rank: Int, count: Int) { (self.rank, self.count) = (rank, count) }

  /// The ranks with which this process exchanges sums, one after the other, until it has the sum of all: in
  /// `addInTree`'s order.
  package var partners: [Int] {
    var partners: [Int] = []
    var distance = 1
    while distance < count {
      partners.append(rank ^ distance)
      distance *= 2
    }
    return partners
  }

  /// Whether each process can have as many neighbouring parts of `parts` as the others, so that sums of theirs are sums
  /// of the tree.
  package func canShare(_ parts: Int) -> Bool {
    count & (count - 1) == 0 && parts.isMultiple(of: count)
  }

  /// Those of `parts` that are this process's.
  package func share(of parts: Int) -> Range<Int> {
    let each = parts / count
    return each * rank..<each * (rank + 1)
  }
}

/// The sum of what `value` says of some numbered parts, by halves: the same additions in the same order, whoever does
/// which of them.
///
///     addInTree(0..<4, value) == (value(0) + value(1)) + (value(2) + value(3))
package func addInTree(_ parts: Range<Int>, _ value: (Int) -> Float) -> Float {
  if parts.count == 1 { return value(parts.lowerBound) }
  let middle = parts.lowerBound + parts.count / 2
  return addInTree(parts.lowerBound..<middle, value) + addInTree(middle..<parts.upperBound, value)
}

/// A process that trains alone.
package final class SingleProcess: Communicator {
  package init() {}

  package var rank: Int { 0 }
  package var count: Int { 1 }

  package func exchange(_ outgoing: Span<Float>, with partner: Int, receiving incoming: inout MutableSpan<Float>) {
    preconditionFailure("a single process has no partner \(partner)")
  }

  package func gather(_ number: UInt64) -> [UInt64] { [number] }
}
