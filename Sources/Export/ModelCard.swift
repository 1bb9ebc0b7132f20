import GPT
import ModelFiles
import StrictJSON
import Support

/// The `README.md` of a model in Hugging Face's form: fields for their site, then text for people.
struct ModelCard {
  private let model: ModelFile
  private let name: String

  init(of model: ModelFile, name: String) {
    self.model = model
    self.name = name
  }

  var bytes: [UInt8] { Array((fields + "\n" + sections.joined(separator: "\n")).utf8) }

  /// The license of a model follows from that of its text, which the model does not know.
  private var fields: String {
    """
    ---
    license: unknown
    library_name: transformers
    pipeline_tag: text-generation
    tags:
    - swiftlet
    ---

    """
  }

  private var sections: [String] {
    [
      """
      # \(Self.code(name))

      A small language model that Swiftlet trained. Its network is Transformers' Arcee.

      """,
      use, network, training, results,
      """
      ## License

      Swiftlet does not know the license of the training text, and asks for no license of its own. Replace `unknown` in
      the first lines of this file.

      """,
    ].filter { !$0.isEmpty }
  }

  private var use: String {
    """
    ## Use

    ```python
    from transformers import pipeline

    generate = pipeline("text-generation", model=".")  # or the path of this folder
    print(generate("", num_return_sequences=3))
    ```

    A text begins and ends with the boundary token. `swiftlet import` turns the folder back into a model for Swiftlet.

    """
  }

  private var network: String {
    let configuration = model.configuration
    return """
      ## Network

      | | |
      |---|---|
      | parameters | \(configuration.parameterCount.grouped) |
      | layers | \(configuration.layers) |
      | hidden size | \(configuration.embedding) |
      | heads | \(configuration.heads) |
      | context | \(configuration.context) tokens |
      | tokenizer | \(Self.code(model.tokenizer.name)), \(configuration.vocabulary.grouped) tokens |

      """
  }

  private var training: String {
    let corpus = model.training["corpus"]?.object
    let recipe = model.training["recipe"]?.object
    let result = model.training["result"]?.object
    let files = model.training["files"]?.array?.compactMap(\.string).map(Self.code).joined(separator: ", ")
    return Self.table(
      "Training",
      [
        ("text", files), ("documents", corpus?.count("documents")),
        ("held-out documents", corpus?.count("held_out_documents")),
        ("fingerprint of the text", corpus?["fingerprint"]?.string.map(Self.code)),
        ("steps", result?.count("steps")), ("tokens", result?.count("tokens")), ("seed", recipe?.count("seed")),
      ])
  }

  /// The held-out loss of the network, which is all that this folder has, and of the whole model.
  private var results: String {
    let result = model.training["result"]?.object
    let whole = result?["held_out_loss"]?.number?.double.fixed(3)
    let alone = result?["network_held_out_loss"]?.number?.double.fixed(3)
    return Self.table(
      "Held-out loss",
      [
        ("this network", (alone ?? whole).map { "\($0) nats per token" }),
        ("with the n-gram memory, which only Swiftlet has", alone == nil ? nil : whole.map { "\($0) nats per token" }),
      ])
  }

  /// A section with a table of what is known; empty if nothing is.
  private static func table(_ title: String, _ rows: [(name: String, value: String?)]) -> String {
    let known = rows.compactMap { row in row.value.map { "| \(row.name) | \($0) |" } }
    return known.isEmpty ? "" : (["## \(title)", "", "| | |", "|---|---|"] + known).joined(separator: "\n") + "\n"
  }

  /// Text of any origin as code within a line or a cell of a table.
  private static func code(_ text: String) -> String {
    let safe = text.escapingInvisibles.map { $0 == "`" || $0 == "|" ? "'" : $0 }
    return "`\(String(safe))`"
  }
}

extension JSON.Object {
  fileprivate func count(_ key: String) -> String? { self[key]?.number?.integer(as: Int.self)?.grouped }
}
