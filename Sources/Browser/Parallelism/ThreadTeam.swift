/// The team of a page: the calling thread alone, with the interface of the tool's teams.
package final class ThreadTeam: Sendable {
  package let count = 1

  package init(count: Int) {
    precondition(count == 1, "a team of \(count) threads in a page")
  }

  /// Calls `work` once.
  package func run(_ work: @Sendable (_ thread: Int) -> Void) { work(0) }

  /// Calls `work` once for each task below `count`.
  package func run(tasks count: Int, _ work: @Sendable (_ thread: Int, _ task: Int) -> Void) {
    for task in 0..<count { work(0, task) }
  }

  /// Returns the result of `transform` for the whole range as one chunk.
  package func mapChunks<Output: Sendable>(
    of range: Range<Int>, size: Int, _ transform: @Sendable (_ thread: Int, _ chunk: Range<Int>) -> Output
  ) -> [Output] {
    range.isEmpty ? [] : [transform(0, range)]
  }
}
