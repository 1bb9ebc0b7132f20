import Datasets
import Support
import SwiftletKit
import Terminal
import Training

/// A program that trains through the shared library: it gets sentences and progress, and keeps the model in memory.
final class LibraryHost: TrainingHost {
  let words: [String]
  let namesModel = false
  private(set) var interruption: Interruption?
  /// The sentences about the run.
  private(set) var notes: [String] = []

  private var corpus: Corpus?
  private let observer: CallObserver
  private let samples: Int
  private var sampleTimes = SampleTimes(firstAfter: .seconds(1))
  private var pace: TrainingPace?
  private var due = ContinuousClock.now

  /// - Parameter samples: The number of samples to show now and then.
  init(_ words: [String], _ corpus: Corpus?, samples: Int, _ observer: CallObserver) {
    self.words = words
    self.corpus = corpus
    self.samples = observer.note == nil ? 0 : samples
    self.observer = observer
  }

  func takeCorpus() -> Corpus? {
    defer { corpus = nil }
    return corpus
  }

  func note(_ sentence: String) {
    notes.append(sentence)
    observer.note?(sentence)
  }

  func willBegin() {}

  func didBegin(_ trainer: Trainer) {
    pace = TrainingPace(of: trainer)
    sampleTimes = SampleTimes(firstAfter: .seconds(1))
    report(trainer, .now)
  }

  func didAdvance(_ trainer: Trainer, _ now: ContinuousClock.Instant) {
    if now >= due { report(trainer, now) }
    guard samples > 0 && sampleTimes.areDue(now) else { return }
    for line in (try? sampleLines(samples, during: trainer, width: 79)) ?? [] { observer.note?(line) }
  }

  func didEnd(_ trainer: Trainer) { report(trainer, .now) }

  private func report(_ trainer: Trainer, _ now: ContinuousClock.Instant) {
    guard let progress = observer.progress, let pace else { return }
    let continues = progress(
      CallProgress(
        step: trainer.step, steps: trainer.recipe.steps, loss: trainer.meanLoss, heldOut: trainer.score?.natsPerToken,
        tokensPerSecond: pace.tokensPerSecond(trainer, now), seconds: pace.seconds(now),
        secondsLeft: pace.secondsLeft(trainer, now)))
    if !continues { interruption = .interrupt }
    due = .now.advanced(by: CallObserver.interval)
  }
}
