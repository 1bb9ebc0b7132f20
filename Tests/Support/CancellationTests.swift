import Dispatch
import Support
import Synchronization
import Testing

/// Without these, Ctrl-C in Python waits for the end of a corpus, or stops a call of another thread.
struct CancellationTests {
  private let always: @Sendable () -> Bool = { true }

  @Test func `a request holds during the call for which it is made`() {
    #expect(!Cancellation.isRequested)
    Cancellation.when(always) { #expect(Cancellation.isRequested) }
    #expect(!Cancellation.isRequested)
  }

  @Test func `an incomplete result is an error where it is checked`() throws {
    try Cancellation.check()
    #expect(throws: Cancelled.self) {
      try Cancellation.when(always) { try Cancellation.check() }
    }
  }

  @Test func `other threads are not asked`() {
    let answers = Mutex<[Bool]>([])
    Cancellation.when(always) {
      DispatchQueue(label: "another call").async { answers.withLock { $0.append(Cancellation.isRequested) } }
      while answers.withLock({ $0.isEmpty }) {}
    }
    #expect(answers.withLock { $0 } == [false])
  }
}
