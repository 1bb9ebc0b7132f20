import CMPI
import Parallelism
import Terminal

/// The processes that `mpirun` started, on one machine or on several.
package final class MPIProcesses: Communicator {
  package let rank: Int
  package let count: Int

  /// Initializes MPI. A process that was started without `mpirun` is alone.
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
        cmpi_exchange(outgoing.baseAddress, incoming.baseAddress, outgoing.count, Int32(partner), isInterrupted)
      }
    }
    check(outcome)
  }

  package func gather(_ number: UInt64) -> [UInt64] {
    var all = [UInt64](repeating: 0, count: count)
    check(cmpi_gather(number, &all, isInterrupted))
    return all
  }

  private func check(_ outcome: Int32) {
    if outcome == Int32(cmpi_done.rawValue) { return }
    try? StandardStream.error.writeLine(
      "swiftlet: process \(rank) has lost another one. Files are whole; with --resume the run goes on from its last checkpoint."
    )
    abort(74)
  }

  /// Finalizes MPI; all processes must call it at the end of the program.
  package func leave() { cmpi_stop() }

  /// Ends all processes at once, because this one cannot continue.
  package func abort(_ code: Int32) { cmpi_abort(code) }
}

/// Returns 1 if a signal has asked the program to end: `mpirun` sends one when a process is lost.
private func isInterrupted() -> Int32 { Interruption.caught == nil ? 0 : 1 }
