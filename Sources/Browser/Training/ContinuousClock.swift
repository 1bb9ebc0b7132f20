import CBrowser

/// The part of the standard library's clock that training uses, which Embedded Swift lacks here.
struct ContinuousClock {
  struct Instant {
    private let milliseconds = browser_now()

    static var now: Instant { Instant() }

    func duration(to other: Instant) -> Duration { .seconds((other.milliseconds - milliseconds) / 1000) }
  }

  static var now: Instant { .now }
  var now: Instant { .now }

  func measure(_ work: () -> Void) -> Duration {
    let start = now
    work()
    return start.duration(to: now)
  }
}
