import CommandOptions
import Inference
import ModelFiles
import NGrams
import StrictJSON
import Support
import Terminal
import Tokenization
import TrainingEngine

/// `swiftlet info`: describes a model file.
struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the sizes, the tokenizer and the training of a model.")

  @Argument(help: "The model file, written by swiftlet train.") var model: String
  @Flag(help: "Print one JSON document.") var json

  func run() throws {
    let file = try ModelFile(contentsOf: model)
    if json {
      try StandardStream.output.writeJSON(document(of: file).text(pretty: true) + "\n")
    } else {
      for (name, value) in lines(of: file) {
        let gap = String(repeating: " ", count: max(1, 18 - name.count))
        try StandardStream.output.writeLine(name + gap + value)
      }
    }
  }

  private func lines(of file: ModelFile) -> [(name: String, value: String)] {
    let configuration = file.configuration
    let settings = file.tokenizer.settings.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    return [
      ("model", model),
      ("parameters", configuration.parameterCount.grouped),
      ("layers", configuration.layers.grouped),
      ("embedding", configuration.embedding.grouped),
      ("heads", configuration.heads.grouped),
      ("context", configuration.context.grouped),
      ("vocabulary", "\(configuration.vocabulary.of("token")), including the boundary"),
      ("tokenizer", ([file.tokenizer.name] + settings).joined(separator: ", ")),
    ] + Self.lines(of: file.memory) + Self.lines(of: file.training)
  }

  /// What the n-gram memory holds.
  private static func lines(of memory: MixedMemory?) -> [(name: String, value: String)] {
    guard let memory else { return [("n-gram memory", "none")] }
    let tables = memory.memory.tables
    return [
      (
        "n-gram memory",
        "\(tables.tokens.count.of("n-gram")) of up to \(memory.memory.order.of("token")), \(memory.share.percent) of the "
          + "probability"
      ),
      ("", "A reader of the file can read parts of the training text in it."),
    ]
  }

  /// One line per member; the members of an inner object are indented below its key.
  private static func lines(of object: JSON.Object, indent: String = "") -> [(name: String, value: String)] {
    object.members.flatMap { member in
      if let inner = member.value.object {
        return [(indent + member.key, "")] + lines(of: inner, indent: indent + "  ")
      }
      return [(indent + member.key, member.value.string ?? member.value.description)]
    }
  }

  private func document(of file: ModelFile) -> JSON {
    let configuration = file.configuration
    var settings = JSON.Object()
    for (key, value) in file.tokenizer.settings.sorted(by: { $0.key < $1.key }) { settings[key] = .string(value) }
    return [
      "model": .string(model),
      "parameters": .integer(configuration.parameterCount),
      "vocabulary": .integer(configuration.vocabulary),
      "configuration": configuration.json,
      "tokenizer": ["name": .string(file.tokenizer.name), "settings": .object(settings)],
      "memory": file.memory.map {
        [
          "ngrams": .integer($0.memory.tables.tokens.count), "order": .integer($0.memory.order),
          "share": .real($0.share),
        ]
      } ?? .null,
      "training": .object(file.training),
    ]
  }
}
