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

/// `swiftlet import`: makes a model from an exported folder.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Convert an exported folder back into a model.",
    discussion: """
      Example: swiftlet import names-pytorch --output names-2.safetensors

      The folder is one for PyTorch or for Transformers. The sizes and the tokenizer
      come from it. New weights must have the same tensor names and shapes, as 32-bit
      floats. A network from Transformers must still be one that Swiftlet has: with
      gains of 1 in its norms, and with normalized embeddings.
      """, familiarOptions: .table)

  @Argument(help: "The folder, written by swiftlet export --format pytorch or transformers.") var folder: String
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
    let transformers = TransformersFolder(folder)
    let file =
      transformers.isPresent
      ? try transformers.read(weights: weights) : try PyTorchFolder(folder).read(weights: weights)
    let model = try Model(file)
    try model.file.write(to: path, keepingPrevious: !force)
    let configuration = model.configuration
    try StandardStream.output.writeLine(
      "\(path)  \(configuration.parameterCount.of("parameter")), \(configuration.vocabulary.of("token"))")
  }
}
