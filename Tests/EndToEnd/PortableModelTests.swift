import Foundation
import TestSupport
import Testing

/// Without these, another program would load a model and write something else with it than swiftlet does.
@Suite("Other programs compute the same with an exported model")
struct PortableModelTests {
  struct Kind: Sendable, CustomTestStringConvertible {
    let name: String
    let corpus: String
    var options = ""
    let prompts: [String]
    var testDescription: String { name }
  }

  static let kinds = [
    Kind(name: "characters", corpus: "names", prompts: ["", "jo", "mari"]),
    Kind(
      name: "several layers of wide heads", corpus: "names", options: "--layers 3 --embedding 48 --heads 2",
      prompts: ["", "a"]),
    Kind(name: "graphemes", corpus: "accents", options: "--context 96", prompts: [""]),
    Kind(name: "bytes", corpus: "accents", options: "--unit byte --context 128", prompts: [""]),
    Kind(
      name: "words between single spaces", corpus: "sentences", options: "--tokenizer word --spaces predicted",
      prompts: ["", "the", "if the"]),
    Kind(name: "words", corpus: "sentences", options: "--tokenizer word", prompts: ["", "the", "if the"]),
    Kind(
      name: "words with punctuation", corpus: "sentences-punctuated", options: "--tokenizer word --context 32",
      prompts: ["", "My", "On January"]),
    Kind(name: "byte pairs", corpus: "dialogue", options: "--tokenizer bpe --merges 200 --context 64", prompts: [""]),
  ]

  static let quantizable = [
    Kind(name: "characters in blocks", corpus: "names", options: "--embedding 64 --heads 4", prompts: ["jo"]),
    Kind(
      name: "words in blocks", corpus: "sentences-punctuated",
      options: "--tokenizer word --context 32 --embedding 96 --heads 6", prompts: ["My"]),
  ]

  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ command: String, input: String = "") throws -> ToolRun {
    try ToolRun(command.split(separator: " ").map(String.init), in: folder, input: input)
  }

  private static let root = URL(filePath: #filePath).appending(path: "../../..").standardized

  /// Trains a model of that kind and writes what the tool computes with it to expected.json.
  private func prepare(_ kind: Kind) throws {
    let corpus = Self.root.appending(path: "corpora/\(kind.corpus).txt")
    let lines = try String(contentsOf: corpus, encoding: .utf8).split(separator: "\n")
    try folder.write("corpus.txt", lines.prefix(2000).joined(separator: "\n") + "\n")
    let trained = try run("train corpus.txt --portable --steps 60 --output model \(kind.options) --quiet")
    try #require(trained.status == 0, "\(trained.errors)")
    let texts = stride(from: 0, to: min(lines.count, 2000), by: 7).map { lines[$0] }.prefix(50)
    let scored = try run("score model --memory 0 --per-token --json", input: texts.joined(separator: "\n") + "\n")
    try #require(scored.status == 0, "\(scored.errors)")
    var greedy: [String: Any] = [:]
    for prompt in kind.prompts {
      let sampled = try ToolRun(
        ["sample", "model", "--memory", "0", "--top-k", "1", "--count", "1", "--json", "--prompt", prompt], in: folder)
      try #require(sampled.status == 0, "\(sampled.errors)")
      let samples = try JSONSerialization.jsonObject(with: Data(sampled.output.utf8)) as? [Any]
      greedy[prompt] = try #require(samples?.first)
    }
    let given = lines.prefix(2000)
    let tokenized = try run("tokenize --model model --ids", input: given.joined(separator: "\n") + "\n")
    try #require(tokenized.status == 0, "\(tokenized.errors)")
    let tokens = tokenized.output.split(separator: "\n").map { $0.split(separator: " ").compactMap { Int($0) } }
    try #require(tokens.count == given.count)
    let expected: [String: Any] = [
      "scores": try JSONSerialization.jsonObject(with: Data(scored.output.utf8)), "greedy": greedy,
      "corpus": zip(given, tokens).map { ["text": String($0), "tokens": $1] },
    ]
    try JSONSerialization.data(withJSONObject: expected).write(to: folder.url.appending(path: "expected.json"))
  }

  private func export(_ arguments: String) throws {
    let exported = try run("export model \(arguments)")
    try #require(exported.status == 0, "\(exported.errors)")
    #expect(exported.errors.contains("has the network alone, without the n-gram memory: its held-out loss is"))
  }

  private func compare(_ kind: Kind, _ export: String, _ options: String...) throws {
    let script = Self.root.appending(path: "Tests/Golden/arcee.py")
    let (status, output) = try Python.run(
      script, [folder.path(export), folder.path("expected.json")] + options)
    #expect(status == 0, "\(output)")
    let result = output.split(separator: "\n").last { $0.contains(#/^[a-z]+: [0-9]/#) }
    print("\(kind.name), \(export): \(result ?? "")")
  }

  @Test(.enabled(if: Python.has("numpy"), "needs NumPy"), arguments: kinds)
  func `in NumPy`(kind: Kind) throws {
    try prepare(kind)
    try export("--format transformers --output folder")
    try compare(kind, "folder")
    try export("--format gguf --output model.gguf")
    try compare(kind, "model.gguf")
    try export("--format gguf --type f16 --output half.gguf")
    try compare(kind, "half.gguf", "--tolerance", "0.02")
    if Python.has("gguf") { try compare(kind, "half.gguf", "--with", "gguf") }
    #expect(try folder.contents("half.gguf").count < folder.contents("model.gguf").count)
  }

  @Test(.enabled(if: Python.has("numpy"), "needs NumPy"), arguments: quantizable)
  func `with eight bits in NumPy`(kind: Kind) throws {
    try prepare(kind)
    try export("--format gguf --output model.gguf")
    try export("--format gguf --type q8_0 --output blocks.gguf")
    try compare(kind, "blocks.gguf", "--tolerance", "0.1")
    if Python.has("gguf") { try compare(kind, "blocks.gguf", "--with", "gguf") }
    #expect(try 3 * folder.contents("blocks.gguf").count < folder.contents("model.gguf").count)
  }

  @Test(.enabled(if: Python.has("xllamacpp"), "needs xllamacpp"), arguments: quantizable)
  func `with eight bits in llama.cpp`(kind: Kind) throws {
    try prepare(kind)
    try export("--format gguf --type q8_0 --output blocks.gguf")
    try compare(kind, "blocks.gguf", "--with", "llama", "--tolerance", "0.1")
  }

  @Test(.enabled(if: Python.has("numpy, transformers"), "needs Transformers"), arguments: kinds)
  func `in Transformers' tokenizer`(kind: Kind) throws {
    try prepare(kind)
    try export("--format transformers --output folder")
    try compare(kind, "folder", "--with", "tokenizer")
  }

  @Test(.enabled(if: Python.has("torch, transformers"), "needs Transformers and PyTorch"), arguments: kinds)
  func `in Transformers`(kind: Kind) throws {
    try prepare(kind)
    try export("--format transformers --output folder")
    try compare(kind, "folder", "--with", "transformers")
  }

  @Test(.enabled(if: Python.has("xllamacpp"), "needs xllamacpp"), arguments: kinds)
  func `in llama.cpp`(kind: Kind) throws {
    try prepare(kind)
    try export("--format gguf --output model.gguf")
    try compare(kind, "model.gguf", "--with", "llama")
  }
}

/// A model that other programs cannot compute would give nonsense there.
@Suite("What other programs cannot load is refused")
struct UnportableModelTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("names.txt", "anna\nbob\neve\nmia\n")
    try folder.write("commas.txt", "anna, bob\neve, mia\n")
    try folder.write("blocks.txt", "a\u{2581}b\nb\u{2581}a\n")
  }

  private func run(_ command: String) throws -> ToolRun {
    try ToolRun(command.split(separator: " ").map(String.init), in: folder)
  }

  @Test(arguments: [
    (
      "--preset microgpt",
      "because of its learned positions, the missing final norm and its ReLU without a square. Train the model with "
        + "--positions rotary --final-norm --activation squared-relu, or in short with --portable."
    ),
    (
      "--bigrams 9 --trigrams 9",
      "because of its bigram table and its trigram table. Train the model with --bigrams 0 --trigrams 0, or in short "
        + "with --portable."
    ),
    (
      "--cutoffs 3,6",
      "because of its adaptive softmax"
    ),
  ])
  func `another network, with the options that avoid it`(options: String, sentence: String) throws {
    #expect(try run("train names.txt --steps 1 --output model \(options)").status == 0)
    for format in ["transformers", "gguf"] {
      let refused = try run("export model --format \(format) --output out")
      #expect(refused.status == 65)
      #expect(refused.errors.contains(sentence), "\(refused.errors)")
    }
    #expect(try folder.names == ["model", "names.txt", "commas.txt", "blocks.txt"].sorted())
  }

  @Test func `the options that it names give a model that is exported`() throws {
    let options = "--positions rotary --final-norm --activation squared-relu --bigrams 0 --trigrams 0"
    #expect(try run("train names.txt --steps 1 --output model --preset microgpt \(options)").status == 0)
    #expect(try run("train names.txt --steps 1 --output short --preset microgpt --portable").status == 0)
    for format in ["transformers", "gguf"] {
      #expect(try run("export model --format \(format)").status == 0)
      #expect(try run("export short --format \(format)").status == 0)
    }
    #expect(
      try folder.names(in: "model-transformers").sorted() == [
        "README.md", "config.json", "generation_config.json", "model.safetensors", "tokenizer.json",
        "tokenizer_config.json",
      ])
    #expect(
      try folder.contents("model-transformers/model.safetensors")
        == folder.contents("short-transformers/model.safetensors"))
    // A second export replaces the first.
    for format in ["transformers", "gguf"] { #expect(try run("export model --format \(format)").status == 0) }
    let output = try ToolRun(["export", "model", "--format", "gguf", "--output", "-"], in: folder)
    #expect(output.output.hasPrefix("GGUF"))
  }

  @Test func `another tokenizer`() throws {
    #expect(
      try run("train commas.txt --tokenizer word --spaces predicted --portable --steps 1 --output model").status == 0)
    let folderRefused = try run("export model --format transformers")
    #expect(folderRefused.status == 65)
    #expect(folderRefused.errors.contains("cannot split text as this model's word tokenizer does"))
    #expect(folderRefused.errors.contains("--tokenizer character or bpe"))
    let fileRefused = try run("export model --format gguf")
    #expect(fileRefused.status == 65)
    #expect(fileRefused.errors.contains("llama.cpp cannot split text as this model's word tokenizer does"))
    #expect(fileRefused.errors.contains("--spaces attached"))
  }

  @Test func `the tokenizer that it names is exported`() throws {
    for options in ["--spaces attached", ""] {
      #expect(try run("train commas.txt --tokenizer word --portable \(options) --steps 1 --output model").status == 0)
      for format in ["transformers", "gguf"] { #expect(try run("export model --format \(format)").status == 0) }
    }
    let limited = "--tokenizer word --portable --min-count 2"
    #expect(try run("train commas.txt \(limited) --steps 1 --output model").status == 0)
    #expect(try run("export model --format gguf").errors.contains("without --keep, --min-count"))
  }

  @Test func `a token that llama.cpp would change`() throws {
    #expect(try run("train blocks.txt --portable --steps 1 --output model").status == 0)
    let refused = try run("export model --format gguf")
    #expect(refused.status == 65 && refused.errors.contains("llama.cpp writes a space for U+2581"), "\(refused.errors)")
    #expect(try run("export model --format transformers").status == 0)
  }

  @Test(arguments: ["--bigrams 9", "--cutoffs 3,6", "--positions learned", "--activation relu", "--no-final-norm"])
  func `options of another network beside --portable`(option: String) throws {
    let refused = try run("train names.txt --portable \(option)")
    #expect(refused.status == 64 && refused.errors.contains("--portable and --"), "\(refused.errors)")
  }

  @Test func `options of another format`() throws {
    #expect(try run("train names.txt --portable --steps 1 --output model").status == 0)
    let precision = try run("export model --format transformers --precision 16")
    #expect(precision.status == 64 && precision.errors.contains("--precision needs --format html"))
    let bits = try run("export model --format gguf --precision 16")
    #expect(bits.status == 64 && bits.errors.contains("--precision needs --format html; gguf has --type"))
    let type = try run("export model --format html --type f16")
    #expect(type.status == 64 && type.errors.contains("--type needs --format gguf"))
  }

  /// The sizes in a model file may be anything. A file with such a header would lie to the program that reads it.
  @Test(arguments: [
    ("layers", "9", "its tensor layer"), ("embedding", "4294967296", "embedding is 4294967296"),
    ("embedding", "400", "is shaped"), ("heads", "0", "heads is 0"), ("heads", "7", "7 heads do not divide"),
    ("context", "4294967297", "context is 4294967297"),
    ("vocabulary", "16777216", "its tensor "),
  ])
  func `sizes that are not those of the tensors`(size: String, value: String, problem: String) throws {
    #expect(try run("train names.txt --portable --steps 1 --output model").status == 0)
    let file = try folder.contents("model")
    let length = file.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let header = String(decoding: file[8..<8 + length], as: UTF8.self)
    let old = try Regex(#"\\"\#(size)\\":\d+"#)
    let forged = Data(header.replacing(old, with: #"\"\#(size)\":\#(value)"#, maxReplacements: 1).utf8)
    try #require(forged != Data(header.utf8))
    let count = withUnsafeBytes(of: UInt64(forged.count).littleEndian) { Data($0) }
    try (count + forged + file[(8 + length)...]).write(to: folder.url.appending(path: "forged"))
    for format in ["gguf", "transformers"] {
      let refused = try run("export forged --format \(format) --output out")
      #expect(refused.status == 65 && refused.errors.contains(problem), "\(refused.errors)")
    }
    #expect(try !folder.names.contains("out"))
  }

  @Test func `rows that are no whole blocks`() throws {
    #expect(try run("train names.txt --portable --steps 1 --embedding 40 --heads 2 --output model").status == 0)
    let refused = try run("export model --format gguf --type q8_0")
    #expect(refused.status == 65)
    #expect(
      refused.errors.contains(
        "this model's hidden size is 40. Use --type f16, or train the model with --embedding 64."))
    #expect(try !folder.names.contains("model.gguf"))
  }
}
