import StrictJSON
import Terminal
import Training

/// What the tool noticed of a run besides what the trainer knows.
struct TrainingRun {
  var firstLoss: Double?
  /// How long the steps took, and the scores between them.
  var seconds = 0.0
  var interruption: Interruption?
}

/// The end of a run, for people and for programs.
struct TrainingSummary {
  private let run: TrainingRun
  private let trainer: Trainer
  private let documents: Int
  private let model: String

  init(of run: TrainingRun, _ trainer: Trainer, documents: Int, model: String) {
    self.run = run
    self.trainer = trainer
    self.documents = documents
    self.model = model
  }

  private var tokensPerSecond: Double { run.seconds > 0 ? Double(trainer.tokens) / run.seconds : 0 }

  var text: String {
    let configuration = trainer.engine.configuration
    var lines = [
      "trained    \(trainer.step.of("step")) in \(run.seconds.asDuration), \(tokensPerSecond.abbreviated) tokens/s"
    ]
    if let loss = trainer.meanLoss {
      let steps = min(100, trainer.step).of("step")
      lines.append(
        "loss       \(loss.fixed(3)) nats per token in the last \(steps), \((run.firstLoss ?? loss).fixed(3)) in the first"
      )
    }
    if let best = trainer.best {
      lines.append(
        "held out   \(best.score.natsPerToken.fixed(3)) nats per token, \(best.score.bitsPerByte.fixed(3)) bits per byte, "
          + "after step \(best.step.grouped)")
    }
    lines.append(
      "model      \(model), \(configuration.parameterCount.of("parameter")), \(configuration.vocabulary.of("token"))")
    lines.append("try        swiftlet sample \(quotedForShell(model))")
    return lines.joined(separator: "\n") + "\n"
  }

  var json: JSON {
    let configuration = trainer.engine.configuration
    return [
      "model": .string(model),
      "parameters": .integer(configuration.parameterCount),
      "vocabulary": .integer(configuration.vocabulary),
      "documents": .integer(documents),
      "steps": .integer(trainer.step),
      "seconds": .real(run.seconds),
      "tokens": .integer(trainer.tokens),
      "tokensPerSecond": .real(tokensPerSecond),
      "firstLoss": run.firstLoss.map(JSON.real) ?? .null,
      "loss": trainer.meanLoss.map(JSON.real) ?? .null,
      "validationLoss": trainer.best.map { .real($0.score.natsPerToken) } ?? .null,
      "bitsPerByte": trainer.best.map { .real($0.score.bitsPerByte) } ?? .null,
      "bestStep": trainer.best.map { .integer($0.step) } ?? .null,
      "threads": 1,
      "seed": .integer(trainer.recipe.seed),
    ]
  }
}

/// `word` as a shell reads it back: as it is, or between single quotes.
private func quotedForShell(_ word: String) -> String {
  let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-./:=@_")
  if !word.isEmpty && word.allSatisfy(plain.contains) { return word }
  return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}
