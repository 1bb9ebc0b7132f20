import CommandOptions
import LanguageModel
import ScalarReference
import SwiftletKit
import Terminal
import Tokenization

/// `swiftlet sample`: new texts from a model.
struct Sample: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write new texts with a model, one a line.",
    discussion: "Example: swiftlet sample names.safetensors --count 20 --temperature 0.5")

  @Argument(help: "A file that swiftlet train wrote.") var model: String
  @Option(in: .atLeast(0), help: "How many texts.") var count = 10
  @Option(in: .moreThan(0), help: "Below 1 the likely becomes likelier, above 1 less likely.") var temperature = 1.0
  @Option(help: "Where the random numbers start; the same seed gives the same texts.") var seed: UInt64 = 42

  func run() throws {
    let model = try ModelFile(contentsOf: model)
    let tokenizer = try TokenizerRegistry.standard.restore(model.tokenizer)
    let engine = ScalarEngine(weights: model.weights)
    for index in 0..<count {
      let tokens = engine.sample(temperature: temperature, seed: seed, index: index)
      try StandardStream.output.writeLine(tokenizer.text(of: tokens))
    }
  }
}
