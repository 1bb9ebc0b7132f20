import CommandOptions
import Export
import Files
import Inference
import ModelFiles
import Support
import SwiftletKit
import Terminal
import Tokenization
import TrainingEngine

/// `swiftlet import`: a model that PyTorch trained.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a model of a folder for PyTorch, whose weights may be new.",
    discussion: """
      Example: swiftlet import names-pytorch --output names-2.safetensors

      Weights that another program wrote take the sizes and the tokenizer of the
      folder: they must have its tensors' names and shapes, as 32-bit floats.
      """)

  @Argument(help: "A folder that swiftlet export --format pytorch made.") var folder: String
  @Option(
    valueName: "FILE", default: "the folder's model.safetensors", help: "A safetensors file with the weights to take.")
  var weights: String?
  @Option(valueName: "MODEL", default: "the folder's name + .safetensors", help: "The file to write.")
  var output: String?

  func run() throws {
    let path = output ?? FileName.last(of: folder) + FileName.modelSuffix
    let file = try PyTorchFolder(folder).read(weights: weights)
    let model = try Model(file)
    try model.save(to: path)
    let configuration = model.configuration
    try StandardStream.output.writeLine(
      "\(path)  \(configuration.parameterCount.of("parameter")), \(configuration.vocabulary.of("token"))")
  }
}
