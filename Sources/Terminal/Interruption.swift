import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A wish of the person or the system that the program end: Ctrl-C, or `kill`.
package enum Interruption: Int32, Sendable {
  case interrupt = 2
  case terminate = 15

  /// The exit code that shells expect.
  package var exitCode: Int32 { 128 + rawValue }

  /// From now on the first wish is only noted, so that work can be saved; the second ends the process at once.
  package static func noteFirst() {
    received.store(0, ordering: .relaxed)
    // A process that was started by a thread of Dispatch inherits that all signals are blocked.
    var wishes = sigset_t()
    sigemptyset(&wishes)
    for wish in [interrupt, terminate] { sigaddset(&wishes, wish.rawValue) }
    sigprocmask(SIG_UNBLOCK, &wishes, nil)
    for wish in [interrupt, terminate] {
      _ = signal(wish.rawValue) { number in
        if received.exchange(number, ordering: .relaxed) != 0 { _exit(128 + number) }
      }
    }
  }

  /// From now on every wish ends the process at once, as it does before `noteFirst`.
  package static func stopNoting() {
    for wish in [interrupt, terminate] { _ = signal(wish.rawValue, SIG_DFL) }
  }

  /// The wish that was noted.
  package static var noted: Interruption? { Interruption(rawValue: received.load(ordering: .relaxed)) }
}

private let received = Atomic<Int32>(0)
