import Glibc
import Synchronization

/// A request of the user or the system to end the program: Ctrl-C, `kill`, or a closed terminal.
package enum Interruption: Int32, Sendable, CaseIterable {
  case hangUp = 1
  case interrupt = 2
  case terminate = 15

  /// Lets signals reach this process: one that a thread of Dispatch has started inherits a mask that blocks them.
  package static func unblock() {
    var signals = sigset_t()
    sigemptyset(&signals)
    for interruption in allCases { sigaddset(&signals, interruption.rawValue) }
    sigprocmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Catches the first signal from now on, so that work can be saved; a second signal ends the process at once.
  package static func startCatching() {
    received.store(0, ordering: .relaxed)
    for interruption in allCases {
      let before = signal(interruption.rawValue) { number in
        guard received.exchange(number, ordering: .relaxed) != 0 else { return }
        if let path = UnsafePointer<CChar>(bitPattern: lock.load(ordering: .relaxed)) { unlink(path) }
        _exit(128 + number)
      }
      // As nohup asks.
      if interruption == .hangUp && isIgnoring(before) { _ = signal(SIGHUP, SIG_IGN) }
    }
  }

  /// Removes the lock file at `path` if a second signal ends the process.
  package static func removeWhenEnding(lock path: String) {
    // The string is never freed, because a signal may come at any time.
    lock.store(UInt(bitPattern: strdup(path)), ordering: .relaxed)
  }

  /// Lets every signal end the process at once again.
  package static func stopCatching() {
    for interruption in allCases { _ = signal(interruption.rawValue, SIG_DFL) }
  }

  /// The signal caught since `startCatching`.
  package static var caught: Interruption? { Interruption(rawValue: received.load(ordering: .relaxed)) }
}

/// True for the handler `SIG_IGN`, which Swift cannot compare.
private func isIgnoring(_ handler: sighandler_t?) -> Bool {
  unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
}

private let received = Atomic<Int32>(0)
/// The address of the path of a lock file; 0 for none.
private let lock = Atomic<UInt>(0)
