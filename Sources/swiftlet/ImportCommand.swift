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

/// `swiftlet import`: makes a model from an exported PyTorch folder.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Convert an exported PyTorch folder back into a model.",
    discussion: """
      Example: swiftlet import names-pytorch --output names-2.safetensors

      The sizes and the tokenizer come from the folder. New weights must have the same
      tensor names and shapes, as 32-bit floats.
      """, familiarOptions: .table)

  @Argument(help: "The folder, written by swiftlet export --format pytorch.") var folder: String
  @Option(
    valueName: "FILE", default: "the folder's model.safetensors", help: "The safetensors file with the weights.")
  var weights: String?
  @Option(short: "-o", valueName: "MODEL", default: "the folder's name + .safetensors", help: "The file to write.")
  var output: String?
  @Flag(help: "Replace a file that swiftlet did not write, and a model without keeping it as .previous.") var force

  func run() throws {
    let path = output ?? FileName.last(of: folder) + FileName.modelSuffix
    if path == "-" { throw ValidationError("--output - is not possible here; give a file") }
    if let weights, InputFile.isSame(weights, path) {
      throw ValidationError("--output \(path) is the file of --weights; choose another file")
    }
    try OutputKind.check(("--output", path, .model), isForced: force)
    let file = try PyTorchFolder(folder).read(weights: weights)
    let model = try Model(file)
    try model.file.write(to: path, keepingPrevious: !force)
    let configuration = model.configuration
    try StandardStream.output.writeLine(
      "\(path)  \(configuration.parameterCount.of("parameter")), \(configuration.vocabulary.of("token"))")
  }
}
