import CommandOptions
import Export
import Files
import ModelFiles
import Report
import Support
import SwiftletKit
import Terminal

/// `swiftlet export`: converts a model to a format that other programs read.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Convert a model to another format.",
    discussion: """
      Example: swiftlet export names.safetensors --format html --output names.html

      html          one page with the model inside, which scores and generates text
                    in any browser, offline
      pytorch       a folder with the weights, the tokenizer (also for Hugging Face's
                    libraries, where they support it) and model.py, which samples,
                    scores and trains; swiftlet import turns it back into a model
      transformers  a folder that Hugging Face's Transformers loads as it is, with a
                    model card; swiftlet import reads it too
      gguf          one file that llama.cpp loads as it is

      Transformers and llama.cpp have no n-gram tables, and not every tokenizer:
      train such a model with --portable.
      """, familiarOptions: .table)

  @Argument(help: "The model file, written by swiftlet train.") var model: String
  @Option(help: "The format.") var format: ExportFormat
  @Option(
    short: "-o", valueName: "PATH", default: "the model's name, in the current folder",
    help: "The file to write, - for standard output; for pytorch and transformers, the folder.")
  var output: String?
  @Flag(help: "Replace files that swiftlet did not write.") var force
  @Option(
    valueName: "16|32", default: "16 for large models where the loss stays the same",
    help: "For html: the bits of each weight.")
  var precision: Precision?
  @Option(
    default: "f32",
    help: "For gguf: the type of the weights, with 32, 16 or 8 bits; q8_0 needs a hidden size that 32 divides.")
  var type: WeightType?

  func validate() throws {
    if precision != nil && format != .html {
      throw ValidationError("--precision needs --format html" + (format == .gguf ? "; gguf has --type" : ""))
    }
    if type != nil && format != .gguf { throw ValidationError("--type needs --format gguf") }
  }

  func run() throws {
    let path = output ?? FileName.stem(of: FileName.last(of: model)) + format.suffix
    if path == model { throw ValidationError("--output \(path) is the model; choose another file") }
    switch format {
    case .html: try writePage(to: path)
    case .gguf: try writeGGUF(to: path)
    case .pytorch: try writePyTorchFolder(path)
    case .transformers: try writeTransformersFolder(path)
    }
  }

  /// The model's name, for readers of the export.
  private var title: String { FileName.stem(of: FileName.last(of: model)) }

  private func writePage(to path: String) throws {
    try check(path, .page)
    let title = title
    let model = try Model(contentsOf: model)
    let bytes = try Playground(of: model, title: title, precision: precision).html
    if path == "-" { return try StandardOutput().write(bytes) }
    let file = try AtomicFile(replacing: path)
    try file.write(bytes)
    try file.commit()
    try StandardStream.output.writeLine("\(path)  \(bytes.count.of("byte"))")
  }

  private func writeGGUF(to path: String) throws {
    try check(path, .gguf)
    let title = title
    let model = try Model(contentsOf: model)
    let gguf = try GGUFModel(
      of: network(of: model, for: "the file"), model.tokenizer, name: title, type: type ?? .single)
    for note in gguf.notes { try StandardStream.error.writeLine("swiftlet: \(note)") }
    if path == "-" { return try StandardOutput().write(gguf) }
    let file = try AtomicFile(replacing: path)
    try file.write(gguf)
    try file.commit()
    try StandardStream.output.writeLine("\(path)  \(gguf.byteCount.of("byte"))")
  }

  /// Checks before the model is read that a file can be written.
  private func check(_ path: String, _ kind: OutputKind) throws {
    guard path != "-" else { return }
    try OutputKind.check(("--output", path, kind), isForced: force)
    try AtomicFile.check(path, byteCount: 0)
  }

  /// Returns the part of the model that other programs compute: a network. Says what is left out of the export, and
  /// what that costs.
  private func network(of model: Model, for what: String) throws -> ModelFile {
    let (file, members) = (model.file, model.configuration.members)
    let result = file.training["result"]?.object
    let losses = ["network_held_out_loss", "held_out_loss"].compactMap { result?[$0]?.number?.double.fixed(3) }
    let left = (members > 1 ? ["the others"] : []) + (model.memoryShare != nil ? ["the n-gram memory"] : [])
    guard !left.isEmpty else { return file }
    let network = members > 1 ? "the first of \(members) networks" : "the network alone"
    let cost =
      if members > 1 {
        losses.last.map {
          ": the held-out loss of the whole model, \($0), is lower. Train with --members 1 for one network"
        } ?? ""
      } else {
        losses.count == 2 ? ": its held-out loss is \(losses[0]), and \(losses[1]) with it" : ""
      }
    try StandardStream.error.writeLine(
      "swiftlet: Note: \(what) has \(network), without \(left.joined(separator: " and "))\(cost).")
    return file.withOneNetwork
  }

  private func writePyTorchFolder(_ path: String) throws {
    let folder = PyTorchFolder(path)
    try check(path, isFree: folder.isFree)
    let model = try Model(contentsOf: model)
    for note in try folder.write(network(of: model, for: "the folder"), model.tokenizer) {
      try StandardStream.error.writeLine("swiftlet: \(note)")
    }
    try StandardStream.output.writeLine("\(path)  python \(path)/model.py sample")
  }

  private func writeTransformersFolder(_ path: String) throws {
    let folder = TransformersFolder(path)
    try check(path, isFree: folder.isFree)
    let title = title
    let model = try Model(contentsOf: model)
    let notes = try folder.write(network(of: model, for: "the folder"), model.tokenizer, name: title)
    for note in notes { try StandardStream.error.writeLine("swiftlet: \(note)") }
    try StandardStream.output.writeLine("\(path)  AutoModelForCausalLM.from_pretrained(\"\(path)\")")
  }

  private func check(_ folder: String, isFree: Bool) throws {
    guard force || isFree else {
      throw Failure(
        .cannotCreate, "\(folder) has files that swiftlet did not write. Choose another folder, or add --force.")
    }
  }
}

/// The formats of an exported model.
enum ExportFormat: String, CaseIterable, ExpressibleByArgument {
  case html, pytorch, transformers, gguf

  /// The suffix of the file or folder.
  var suffix: String {
    switch self {
    case .html: ".html"
    case .pytorch: "-pytorch"
    case .transformers: "-transformers"
    case .gguf: ".gguf"
    }
  }
}

extension WeightType: ExpressibleByArgument {}

extension Precision: ExpressibleByArgument {
  package init?(argument: String) {
    guard let bits = Int(argument), let precision = Precision(rawValue: bits) else { return nil }
    self = precision
  }

  package static var valueName: String { "16|32" }
  package static var expectation: String { "must be 16 or 32" }
}
