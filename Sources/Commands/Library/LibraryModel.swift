import CommandOptions
import Datasets
import ModelFiles
import Parallelism
import StrictJSON
import Support
import SwiftletKit
import Training

@_exported import struct Datasets.CorpusBuilder

/// A model in the memory of a program that uses the shared library.
package struct LibraryModel: Sendable {
  package let model: Model
  /// What happened in the run that made it in this process.
  let run: Run?

  struct Run: Sendable {
    let summary: JSON
    let isInterrupted: Bool
    let notes: [String]
    let curve: [LossCurve.Point]
  }

  /// Trains a model with the options of `swiftlet train`, to the same bytes.
  ///
  /// - Parameters:
  ///   - paths: The files to train on.
  ///   - options: The options as `name=value`.
  package init(training paths: [String], options: [String], _ observer: CallObserver) throws {
    guard !paths.isEmpty else { throw ValidationError("there is no file to train on; give one") }
    // A name that begins with a dash would be an option.
    try self.init(paths.map { $0.hasPrefix("-") && $0 != "-" ? "./" + $0 : $0 }, nil, options, observer)
  }

  /// Trains a model on texts, which are freed as soon as they are encoded.
  package init(training texts: consuming CorpusBuilder, options: [String], _ observer: CallObserver) throws {
    // The documents are what the tool reads from its standard input.
    try self.init(["-"], texts.makeCorpus(), options, observer)
  }

  private init(
    _ paths: [String], _ corpus: consuming Corpus?, _ options: [String], _ observer: CallObserver
  ) throws {
    let words =
      try paths
      + TrainCommand.words(options, refusing: ["json", "quiet"], because: "the model has the results of its run")
    let command = try TrainCommand.parsed(words)
    if command.output == "-" {
      throw ValidationError("--output - is the standard output of the command line; give a name, or save the model")
    }
    if corpus != nil, command.documents.documents != nil || command.documents.lossy {
      throw ValidationError("--documents and --lossy say how to read files; these texts are documents already")
    }
    let host = LibraryHost(["train"] + words, corpus, samples: command.keeping.samples, observer)
    // The host alone holds the texts now.
    corpus = nil
    let watch = CallWatch(observer)
    let result = try Cancellation.when(watch.shouldStop) { try command.train(SingleProcess(), host) }
    if watch.isStopped && result.model.memory == nil {
      host.note("The n-gram memory was interrupted, so the model has none.")
    }
    model = try Model(result.model)
    run = Run(
      summary: result.summary.json,
      isInterrupted: watch.isStopped || host.interruption != nil && result.summary.failure != nil,
      notes: host.notes, curve: result.curve.points)
  }

  /// Reads a model file.
  ///
  /// - Parameter options: The options of `swiftlet sample` for the model, as `name=value`.
  package init(contentsOf path: String, options: [String] = []) throws {
    let words = try ReadingOptions.words(options, refusing: [], because: "")
    model = try ReadingOptions.parsed(words).reading.model(at: path)
    run = nil
  }

  /// Writes the model to a file.
  ///
  /// A model that it replaces is kept if it may be better, and a file that swiftlet did not write is not replaced,
  /// unless `isForced`.
  package func write(to path: String, isForced: Bool, _ observer: CallObserver) throws {
    try OutputKind.check(("--output", path, .model), isForced: isForced)
    let file = model.file
    let replaced = isForced ? nil : ReplacedModel(at: path, by: file.training)
    try file.write(to: path, keepingPrevious: replaced?.isToBeKept ?? false)
    let sentences = [replaced?.note, replaced?.settle(after: file.training, isFinished: true)]
    for sentence in sentences.compactMap(\.self) { observer.note?(sentence) }
  }

  /// The sizes, the tokenizer and the training of the model, and its run, as JSON.
  package var info: String {
    var info = model.file.info
    if let run {
      var object = run.summary.object ?? JSON.Object()
      object["interrupted"] = .bool(run.isInterrupted)
      object["notes"] = .array(run.notes.map(JSON.string))
      object["curve"] = .array(run.curve.map(\.document))
      info["run"] = .object(object)
    }
    return JSON.object(info).text()
  }

  /// The names, sizes and values of the weight matrices, row by row.
  package var weights: [(name: String, rows: Int, columns: Int, values: [Float])] {
    zip(model.configuration.tensors, model.file.weights.tensors).map { ($0.name, $0.rows, $0.columns, $1) }
  }
}

/// The options of a call that reads a model.
private struct ReadingOptions: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "load", abstract: "Read a model.")
  @OptionGroup(title: "Model") var reading: ModelReading
}

extension LossCurve.Point {
  fileprivate var document: JSON {
    [
      "step": .integer(step), "loss": .real(loss), "learningRate": .real(learningRate),
      "tokensPerSecond": .real(tokensPerSecond), "seconds": .real(seconds),
      "heldOut": score.map { .real($0.natsPerToken) } ?? .null,
    ]
  }
}
