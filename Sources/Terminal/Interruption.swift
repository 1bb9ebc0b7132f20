import Glibc
import Synchronization

/// A request of the user or the system to end the program: Ctrl-C or `kill`.
package enum Interruption: Int32, Sendable {
  case interrupt = 2
  case terminate = 15

  /// Catches the first signal from now on, so that work can be saved; a second signal ends the process at once.
  package static func startCatching() {
    received.store(0, ordering: .relaxed)
    // A process that a thread of Dispatch has started inherits a mask that blocks all signals.
    var signals = sigset_t()
    sigemptyset(&signals)
    for interruption in [interrupt, terminate] { sigaddset(&signals, interruption.rawValue) }
    sigprocmask(SIG_UNBLOCK, &signals, nil)
    for interruption in [interrupt, terminate] {
      _ = signal(interruption.rawValue) { number in
        if received.exchange(number, ordering: .relaxed) != 0 { _exit(128 + number) }
      }
    }
  }

  /// Lets every signal end the process at once again.
  package static func stopCatching() {
    for interruption in [interrupt, terminate] { _ = signal(interruption.rawValue, SIG_DFL) }
  }

  /// The signal caught since `startCatching`.
  package static var caught: Interruption? { Interruption(rawValue: received.load(ordering: .relaxed)) }
}

private let received = Atomic<Int32>(0)
