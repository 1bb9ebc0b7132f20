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
      var document = JSON.Object()
      document["model"] = .string(model)
      for member in file.info.members { document[member.key] = member.value }
      try StandardStream.output.writeJSON(JSON.object(document).text(pretty: true) + "\n")
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
    let networks = configuration.members > 1 ? [("networks", configuration.members.grouped)] : []
    return [
      ("model", model),
      ("parameters", configuration.parameterCount.grouped),
    ] + networks + [
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
        "\(tables.tokens.count.of("n-gram")) of up to \(memory.memory.order.of("token")), "
          + "\(memory.mixture.share.percent) of the mixture"
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
}

extension ModelFile {
  /// The sizes, the tokenizer and the training of the model, as JSON.
  var info: JSON.Object {
    var settings = JSON.Object()
    for (key, value) in tokenizer.settings.sorted(by: { $0.key < $1.key }) { settings[key] = .string(value) }
    var info = JSON.Object()
    info["parameters"] = .integer(configuration.parameterCount)
    info["vocabulary"] = .integer(configuration.vocabulary)
    info["configuration"] = configuration.json
    info["tokenizer"] = ["name": .string(tokenizer.name), "settings": .object(settings)]
    info["memory"] =
      memory.map {
        [
          "ngrams": .integer($0.memory.tables.tokens.count), "order": .integer($0.memory.order),
          "share": .real($0.mixture.share), "sharpness": .real($0.mixture.sharpness),
        ]
      } ?? .null
    info["training"] = .object(training)
    return info
  }
}
