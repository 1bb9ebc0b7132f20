import NGrams
import Report
import Support
import SwiftletKit

extension LibraryModel {
  /// A summary of the model for a notebook, as a part of an HTML page.
  package var html: String {
    let texts = (try? model.samples(0..<6, options: SamplingOptions(maxTokens: 60))) ?? []
    return ModelCard(
      facts: facts, points: run?.curve ?? [],
      samples: texts.map { $0.isComplete ? $0.text : $0.text + "…" }
    ).html
  }

  private var facts: [(name: String, value: String)] {
    let configuration = model.configuration
    let members = configuration.members > 1 ? "\(configuration.members) networks of " : ""
    let tokenizer = model.tokenizer.description
    let settings = tokenizer.settings.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    var facts = [
      (
        "network",
        "\(members)\(configuration.layers.of("layer")), hidden size \(configuration.embedding.grouped), "
          + "\(configuration.heads.of("head")), context \(configuration.context.grouped): "
          + configuration.parameterCount.of("parameter")
      ),
      ("tokenizer", ([tokenizer.name] + settings).joined(separator: ", ")),
      ("vocabulary", configuration.vocabulary.of("token")),
    ]
    if let memory = model.file.memory {
      facts.append(
        ("memory", "\(memory.memory.tables.tokens.count.of("n-gram")), \(memory.mixture.share.percent) of the mixture"))
    }
    let result = model.file.training["result"]?.object
    func number(_ name: String) -> Double? { result?[name]?.number?.double }
    if let steps = number("steps") {
      let interrupted = run?.isInterrupted == true ? ", interrupted" : ""
      facts.append(("training", Int(steps).of("step") + interrupted))
    }
    if let loss = number("loss") { facts.append(("loss", "\(loss.fixed(3)) nats per token in the last steps")) }
    if let loss = number("held_out_loss"), let bits = number("bits_per_byte") {
      facts.append(("held out", "\(loss.fixed(3)) nats per token, \(bits.fixed(3)) bits per byte"))
    }
    return facts
  }
}
