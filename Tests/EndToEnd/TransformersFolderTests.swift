import Foundation
import TestSupport
import Testing

/// A folder may come from anybody. A network that is not ours would become a model that writes nonsense.
@Suite("A folder for Transformers becomes a model again")
struct TransformersFolderTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("names.txt", String(repeating: "anna\nbob\neve\nmia\n", count: 40))
    #expect(try run("train names.txt --portable --steps 30 --quiet").status == 0)
    #expect(try run("export names.safetensors --format transformers --output out").status == 0)
  }

  private func run(_ command: String) throws -> ToolRun {
    try ToolRun(command.split(separator: " ").map(String.init), in: folder)
  }

  private func text(_ file: String) throws -> String { String(decoding: try folder.contents(file), as: UTF8.self) }

  private func checkSame(_ model: String) throws {
    let commands = ["sample MODEL --memory 0 --count 20", "score MODEL --memory 0 names.txt"]
    for command in commands {
      let one = try run(command.replacing("MODEL", with: "names.safetensors"))
      let other = try run(command.replacing("MODEL", with: model).replacing(" --memory 0", with: ""))
      #expect(one.status == 0 && other.output == one.output, "\(other.errors)")
    }
  }

  @Test func `an exported and imported model generates and scores the same texts`() throws {
    let imported = try run("import out --output back.safetensors")
    #expect(imported.output.hasPrefix("back.safetensors  ") && imported.output.hasSuffix(" parameters, 9 tokens\n"))
    try checkSame("back.safetensors")
    #expect(try run("import out --weights out/model.safetensors").status == 0)
    #expect(try run("info out.safetensors").status == 0)
  }

  @Test(.enabled(if: Python.has("torch, transformers"), "needs Transformers and PyTorch"))
  func `a folder that Transformers saved can be imported`() throws {
    try folder.write(
      "save.py",
      """
      import sys, transformers
      for kind in transformers.AutoModelForCausalLM, transformers.AutoTokenizer:
          kind.from_pretrained(sys.argv[1]).save_pretrained(sys.argv[2])
      """)
    let (status, output) = try Python.run(
      folder.url.appending(path: "save.py"), [folder.path("out"), folder.path("saved")])
    try #require(status == 0, "\(output)")
    let imported = try run("import saved")
    #expect(imported.status == 0, "\(imported.errors)")
    try checkSame("saved.safetensors")
  }

  /// Changes of a sound description, and a part of the error.
  private static let attacks: [(old: String, new: String, problem: String)] = [
    (#""relu2""#, #""silu""#, #""hidden_act" is "silu", and its sizes demand "relu2""#),
    (#""tie_word_embeddings": false"#, #""tie_word_embeddings": true"#, #""tie_word_embeddings" is true"#),
    (#""attention_bias": false"#, #""attention_bias": 0"#, #""attention_bias" is 0"#),
    (#""default""#, #""linear""#, #""rope_parameters" is"#),
    (#""rms_norm_eps": 1e-05"#, #""rms_norm_eps": 1e-06"#, #""rms_norm_eps" is 1e-06"#),
    (#""num_hidden_layers": "#, #""num_hidden_layers": 1"#, "its tensor model.layers."),
    (#""num_hidden_layers": "#, #""num_hidden_layers": 9999999999"#, "layers is 9999999999"),
    (#""vocab_size": 9"#, #""vocab_size": 16777216"#, #""bos_token_id" is 8"#),
    (#""vocab_size": 9"#, #""vocab_size": -9"#, "vocabulary is -9"),
    (#""vocab_size": 9"#, #""vocab_size": 9.5"#, "must be a whole number"),
    (#""num_key_value_heads": "#, #""num_key_value_heads": 1"#, #""num_key_value_heads" is 1"#),
    (#""head_dim": "#, #""head_dim": 1"#, #""head_dim" is 1"#),
    (#""intermediate_size": "#, #""intermediate_size": 1"#, #""intermediate_size" is 1"#),
    (#""hidden_size": "#, #""hidden_size": "8", "x": "#, #""x" is not a known member"#),
    (#""dtype": "float32""#, #""dtype": "bfloat16""#, #""dtype" is "bfloat16""#),
    (#""ArceeForCausalLM""#, #""ArceeModel""#, #""architectures" is ["ArceeModel"]"#),
    (#""eos_token_id": 8"#, #""eos_token_id": 0"#, #""eos_token_id" is 0"#),
    (#""swiftlet": {"#, #""swiftlet": [], "use_cache": {"#, #""swiftlet" must be an object"#),
    (#""vocabulary": ["#, #""vocabulary": ["z", "#, "its tokenizer has 9 tokens"),
    (#""vocabulary": ["#, #""vocabulary": ["a", "#, "occurs twice"),
    (#""name": "character""#, #""name": "\u001b[2J""#, "no tokenizer called"),
    (#""model_type": "arcee""#, #""model_type": "llama""#, "describes a model of the type \"llama\""),
  ]

  @Test(arguments: attacks.indices)
  func `a description of another network is refused in one sentence`(index: Int) throws {
    let attack = Self.attacks[index]
    let sound = try text("out/config.json")
    try #require(sound.contains(attack.old), "\(attack.old)")
    try folder.write("out/config.json", sound.replacing(attack.old, with: attack.new, maxReplacements: 1))
    let refused = try run("import out --output back")
    #expect(refused.status == 65, "\(attack): \(refused.errors)")
    #expect(refused.errors.contains(attack.problem), "\(attack): \(refused.errors)")
    #expect(refused.errors.split(separator: "\n").count == 1, "\(refused.errors)")
    #expect(try !folder.names.contains("back"))
  }

  /// Returns `out/model.safetensors` with another value at a place of a tensor.
  private func weights(_ tensor: String, at index: Int, _ value: Float) throws -> Data {
    var file = try folder.contents("out/model.safetensors")
    let length = file.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let header = try #require(JSONSerialization.jsonObject(with: file[8..<8 + length]) as? [String: [String: Any]])
    let offsets = try #require(header[tensor]?["data_offsets"] as? [Int])
    let start = 8 + length + offsets[0] + 4 * index
    file.replaceSubrange(start..<start + 4, with: withUnsafeBytes(of: value.bitPattern.littleEndian) { Data($0) })
    return file
  }

  @Test(arguments: [
    ("model.norm.weight", Float(1.5), "a norm has a gain other than 1. To train on elsewhere, use --format pytorch."),
    ("model.embed_tokens.weight", 9, "row 0 of its embeddings has a mean square of"),
    ("lm_head.weight", .nan, "lm_head is nan at [0, 0]"),
  ])
  func `weights that Swiftlet's network cannot have are refused`(
    tensor: String, value: Float, problem: String
  ) throws {
    try weights(tensor, at: 0, value).write(to: folder.url.appending(path: "other"))
    let refused = try run("import out --weights other --output back")
    #expect(refused.status == 65 && refused.errors.contains(problem), "\(refused.errors)")
    #expect(try !folder.names.contains("back"))
  }

  @Test func `the card has the provenance and both losses`() throws {
    let names = URL(filePath: #filePath).appending(path: "../../../corpora/names.txt").standardized
    let lines = try String(contentsOf: names, encoding: .utf8).split(separator: "\n").prefix(400)
    try folder.write("names.txt", lines.joined(separator: "\n") + "\n")
    #expect(try run("train names.txt --portable --steps 30 --quiet").status == 0)
    let note = try run("export names.safetensors --format transformers --output out").errors
    let card = try text("out/README.md")
    let losses = try #require(note.firstMatch(of: #/held-out loss is (\d\.\d+), and (\d\.\d+) with it/#))
    for part in [
      "license: unknown\n", "# `names`", "| text | `names.txt` |", "| steps | 30 |", "| seed | 42 |",
      "| this network | \(losses.1) nats per token |",
      "| with the n-gram memory, which only Swiftlet has | \(losses.2) nats per token |",
      "pipeline(\"text-generation\"",
    ] {
      #expect(card.contains(part), "\(part)")
    }
  }
}
