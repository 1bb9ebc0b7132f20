import Datasets
import Parallelism
import Terminal
import Training

/// The tool in a terminal or a script: sentences on standard error, and signals that stop training.
final class ToolHost: TrainingHost {
  let words = Array(CommandLine.arguments.dropFirst())
  let namesModel = true
  private let processes: any Communicator
  private let isQuiet: Bool
  private let samples: Int
  private let catchesSignals: Bool
  private var display: TrainingDisplay?

  /// - Parameters:
  ///   - processes: Those that train together, of which the first prints.
  ///   - catchesSignals: True if this run decides when signals stop it instead of ending the process.
  init(_ command: TrainCommand, _ processes: any Communicator, catchesSignals: Bool) {
    self.processes = processes
    self.catchesSignals = catchesSignals
    isQuiet = command.quiet || !processes.isFirst
    samples = command.keeping.samples
  }

  var interruption: Interruption? { processes.interruption }

  func takeCorpus() -> Corpus? { nil }

  func note(_ sentence: String) {
    if isQuiet { return }
    if display == nil { try? StandardStream.error.writeSentence(sentence) } else { display?.note(sentence) }
  }

  func willBegin() {
    if catchesSignals { Interruption.startCatching() }
  }

  func didBegin(_ trainer: Trainer) {
    if !isQuiet { display = TrainingDisplay(of: trainer, samples: samples) }
  }

  func didAdvance(_ trainer: Trainer, _ now: ContinuousClock.Instant) { display?.update(trainer, now) }

  func didEnd(_ trainer: Trainer) {
    display?.end()
    display = nil
  }
}
