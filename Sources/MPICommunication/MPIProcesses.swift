import CMPI
import Parallelism
import Terminal

/// The processes that `mpirun` started, on one machine or on several.
package final class MPIProcesses: Communicator {
  package let rank: Int
  package let count: Int

  /// Joins them; a process that nobody else was started with is alone.
  package init() {
    if cmpi_start() != 0 {
      try? StandardStream.error.writeLine("swiftlet: MPI does not start here; try without mpirun, with swiftlet.")
      cmpi_abort(70)
    }
    rank = Int(cmpi_rank())
    count = Int(cmpi_count())
  }

  package func exchange(_ outgoing: Span<Float>, with partner: Int, receiving incoming: inout MutableSpan<Float>) {
    precondition(outgoing.count == incoming.count, "\(outgoing.count) numbers out and \(incoming.count) in")
    let outcome = outgoing.withUnsafeBufferPointer { outgoing in
      incoming.withUnsafeMutableBufferPointer { incoming in
        cmpi_exchange(outgoing.baseAddress, incoming.baseAddress, outgoing.count, Int32(partner), isWishedToEnd)
      }
    }
    check(outcome)
  }

  package func gather(_ number: UInt64) -> [UInt64] {
    var all = [UInt64](repeating: 0, count: count)
    check(cmpi_gather(number, &all, isWishedToEnd))
    return all
  }

  private func check(_ outcome: Int32) {
    if outcome == Int32(cmpi_done.rawValue) { return }
    try? StandardStream.error.writeLine(
      "swiftlet: process \(rank) has lost another one. Files are whole; with --resume the run goes on from its last checkpoint."
    )
    abort(74)
  }

  /// Leaves, as all processes do at the end of the program.
  package func leave() { cmpi_stop() }

  /// Ends all processes at once, because this one cannot go on.
  package func abort(_ code: Int32) { cmpi_abort(code) }
}

/// Whether somebody wished that the program end: `mpirun` does when a process was lost.
private func isWishedToEnd() -> Int32 { Interruption.caught == nil ? 0 : 1 }
