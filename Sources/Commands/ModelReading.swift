import CommandOptions
import Support
import SwiftletKit

/// The model of a command, and the part that its n-gram memory takes.
struct ModelReading: ParsableArguments {
  @Option(
    in: .from(0, below: 1), valueName: "SHARE", default: "what predicts best",
    help: "The share of the n-gram memory in the mixture; 0 for the network alone.")
  var memory: Fraction?

  /// Reads the model file at `path`.
  func model(at path: String) throws -> Model {
    try adjusted(Model(contentsOf: path), named: path)
  }

  /// Returns the model with the part of the memory that is chosen. A sentence about it calls it `name`.
  func adjusted(_ model: Model, named name: String) throws -> Model {
    guard let memory else { return model }
    guard model.memoryShare != nil || memory.value == 0 else {
      throw ValidationError("--memory needs a model with an n-gram memory, and \(name.escapingInvisibles) has none")
    }
    return model.withMemoryShare(memory.value)
  }
}
