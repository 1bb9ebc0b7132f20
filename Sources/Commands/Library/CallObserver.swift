/// The functions of a program that watch a call of the shared library.
package struct CallObserver {
  /// Returns false if the call is to stop.
  package var progress: ((CallProgress) -> Bool)?
  /// Returns false if what comes before the first step or after the last is to stop.
  package var continues: (() -> Bool)?
  package var note: ((String) -> Void)?

  package init(
    progress: ((CallProgress) -> Bool)? = nil, continues: (() -> Bool)? = nil, note: ((String) -> Void)? = nil
  ) {
    self.progress = progress
    self.continues = continues
    self.note = note
  }

  /// The time between two calls of `progress`: what a person sees as continuous, and what an interpreter does not feel.
  static let interval = Duration.milliseconds(100)
}

/// The state of a call: of a run, or of a search for texts.
package struct CallProgress {
  /// The steps done, or the texts found.
  package var step: Int
  package var steps: Int
  /// In nats per token; `nil` before the first step.
  package var loss: Double?
  /// In nats per token; `nil` before the first score.
  package var heldOut: Double?
  package var tokensPerSecond = 0.0
  package var seconds: Double
  package var secondsLeft = 0.0
}

/// Asks the observer of a call now and then whether to continue, until it says no.
///
/// It is `@unchecked Sendable` because one thread alone uses it: that of the call, for which `Cancellation` asks.
final class CallWatch: @unchecked Sendable {
  private(set) var isStopped = false
  private let continues: (() -> Bool)?
  private var due = ContinuousClock.now

  init(_ observer: CallObserver) { continues = observer.continues }

  func shouldStop() -> Bool {
    guard !isStopped, let continues, ContinuousClock.now >= due else { return isStopped }
    isStopped = !continues()
    due = .now.advanced(by: CallObserver.interval)
    return isStopped
  }
}
