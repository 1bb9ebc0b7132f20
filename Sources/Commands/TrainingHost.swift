import Datasets
import Terminal
import Training

/// The program around a training run, which shows the run and may stop it: the tool in a terminal, or a program that
/// uses the shared library.
protocol TrainingHost: AnyObject {
  /// The words of the command after the name of the tool, for the report.
  var words: [String] { get }

  /// True if a model without --output is written to a file with the name of its corpus.
  var namesModel: Bool { get }

  /// The request to stop between two steps.
  var interruption: Interruption? { get }

  /// Returns the texts to train on instead of files, and gives them up.
  func takeCorpus() -> Corpus?

  /// Shows a sentence about the run.
  func note(_ sentence: String)

  /// Called when everything is prepared, before the first file is written.
  func willBegin()

  /// Called before the first step.
  func didBegin(_ trainer: Trainer)

  /// Called after every step.
  func didAdvance(_ trainer: Trainer, _ now: ContinuousClock.Instant)

  /// Called after the last step.
  func didEnd(_ trainer: Trainer)
}

/// The speed of a run since it began or was resumed.
struct TrainingPace {
  private let start = ContinuousClock.now
  private let firstStep: Int
  private let firstToken: Int

  init(of trainer: Trainer) {
    firstStep = trainer.step
    firstToken = trainer.tokens
  }

  func seconds(_ now: ContinuousClock.Instant) -> Double { start.duration(to: now) / .seconds(1) }

  func tokensPerSecond(_ trainer: Trainer, _ now: ContinuousClock.Instant) -> Double {
    Double(trainer.tokens - firstToken) / max(seconds(now), 1e-6)
  }

  /// The time that the rest of the steps will probably take.
  func secondsLeft(_ trainer: Trainer, _ now: ContinuousClock.Instant) -> Double {
    seconds(now) / Double(max(1, trainer.step - firstStep)) * Double(trainer.recipe.steps - trainer.step)
  }
}

/// The times at which samples are shown during a run: after a pause that doubles each time, up to a minute.
struct SampleTimes {
  private var next: ContinuousClock.Instant
  private var pause: Duration

  init(firstAfter pause: Duration) {
    self.pause = pause
    next = .now.advanced(by: pause)
  }

  /// Returns true if samples are due, and plans the next ones.
  mutating func areDue(_ now: ContinuousClock.Instant) -> Bool {
    guard now >= next else { return false }
    next = now.advanced(by: pause)
    pause = min(pause * 2, .seconds(60))
    return true
  }
}
