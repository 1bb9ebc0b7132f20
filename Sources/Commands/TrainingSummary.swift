import Datasets
import NGrams
import StrictJSON
import Support
import SwiftletKit
import Terminal
import Training

/// The summary of a run, as text and as JSON.
struct TrainingSummary {
  private let run: TrainingRun
  private let trainer: Trainer
  private let documents: Int
  private let threads: Int
  /// The path of the model file, if it has one.
  private let output: String?
  /// The number of samples to show.
  private let samples: Int

  init(of run: TrainingRun, _ trainer: Trainer, _ plan: TrainingPlan, documents: Int) {
    self.run = run
    self.trainer = trainer
    self.documents = documents
    threads = plan.threads
    output = plan.output
    samples = plan.keeping.samples
  }

  /// The failure that ends the process after an interruption.
  var failure: Failure? { run.interruption.map { Failure($0, trainer) } }

  private var tokensPerSecond: Double {
    run.seconds > 0 ? Double(trainer.tokens - run.firstToken) / run.seconds : 0
  }

  /// The loss curve as lines of `width` columns.
  func chart(width: Int) -> [String] { run.curve.chart(width: width) }

  private var networks: String { trainer.recipe.shape.members > 1 ? "networks" : "network" }

  /// What the model copies from its training text, and what its network alone does; `nil` without a memory.
  private var copying: (Copying, alone: Copying)? {
    guard let memory = trainer.memory else { return nil }
    let text = trainer.data.training.text(every: memory.step, separator: NGramMemory.separator)
    let model = trainer.model
    guard let copying = try? Copying(of: model, text), let alone = try? Copying(of: model.withMemoryShare(0), text)
    else { return nil }
    return (copying, alone)
  }

  var text: String {
    let configuration = trainer.engine.configuration
    let steps = (trainer.step - run.firstStep).of("step")
    var lines = ["trained    \(steps) in \(run.seconds.asDuration), \(tokensPerSecond.abbreviated) tokens/s"]
    if let loss = trainer.meanLoss {
      let first = run.firstLoss.map { ", \($0.fixed(3)) in the first" } ?? ""
      let steps = min(100, trainer.step).of("step")
      lines.append("loss       \(loss.fixed(3)) nats per token in the last \(steps)\(first)")
    }
    if let best = trainer.best {
      let score = trainer.modelScore ?? best.score
      lines.append("held out   \(score.sentence), after step \(best.step.grouped)")
      if trainer.memory != nil {
        lines.append("           \(best.score.natsPerToken.fixed(3)) nats per token by the \(networks) alone")
      }
    }
    if let memory = trainer.memory { lines.append("memory     \(memory.sentence)") }
    if samples > 0, let (copying, alone) = copying {
      lines.append(
        "copies     \(copying.known) of \(Copying.sampleCount) texts, runs of up to \(copying.longestRun.of("token")); "
          + "\(alone.known) and \(alone.longestRun) by the \(networks) alone")
    }
    lines.append(
      "model      \(output ?? "standard output"), \(configuration.parameterCount.of("parameter")), \(configuration.vocabulary.of("token"))"
    )
    if samples > 0,
      let written = try? sampleLines(
        samples, of: trainer.model, heading: "writes     ", width: min(80, StandardStream.output.width) - 1)
    {
      lines += written
    }
    if let output {
      lines.append("try        \(CommandLine.arguments[0].quotedForShell) sample \(output.pathQuotedForShell)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  var json: JSON {
    let configuration = trainer.engine.configuration
    return [
      "model": output.map(JSON.string) ?? .null,
      "parameters": .integer(configuration.parameterCount),
      "vocabulary": .integer(configuration.vocabulary),
      "documents": .integer(documents),
      "steps": .integer(trainer.step),
      "seconds": .real(run.seconds),
      "tokens": .integer(trainer.tokens),
      "tokensPerSecond": .real(tokensPerSecond),
      "firstLoss": run.firstLoss.map(JSON.real) ?? .null,
      "loss": trainer.meanLoss.map(JSON.real) ?? .null,
      "validationLoss": trainer.modelScore.map { .real($0.natsPerToken) } ?? .null,
      "networkValidationLoss": trainer.best.map { .real($0.score.natsPerToken) } ?? .null,
      "bitsPerByte": trainer.modelScore.map { .real($0.bitsPerByte) } ?? .null,
      "unknownShare": trainer.best.map { .real($0.score.unknownShare) } ?? .null,
      "bestStep": trainer.best.map { .integer($0.step) } ?? .null,
      "threads": .integer(threads),
      "seed": .integer(trainer.recipe.seed),
    ]
  }
}
