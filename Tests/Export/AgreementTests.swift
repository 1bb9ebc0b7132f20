import Export
import Files
import Foundation
import GPT
import ModelFiles
import StrictJSON
import Support
import SwiftletKit
import TestSupport
import Testing
import Tokenization
import TrainingEngine

/// If the exported network differed, it would sample nonsense in PyTorch, and training could not continue there.
@Suite("An exported model gives the same results in NumPy and PyTorch")
struct AgreementTests {
  struct Kind: Sendable, CustomTestStringConvertible {
    let name: String
    let corpus: String
    var tokenizer = "character"
    var settings: [String: String] = [:]
    var change: @Sendable (inout Recipe) -> Void = { _ in }
    var testDescription: String { name }
  }

  static let kinds = [
    Kind(name: "names", corpus: "names"),
    Kind(name: "odd sizes", corpus: "names") { ($0.shape.layers, $0.shape.embedding, $0.shape.heads) = (3, 20, 5) },
    Kind(name: "n-gram tables", corpus: "names") {
      ($0.shape.activation, $0.shape.bigrams, $0.shape.trigrams) = (.squaredRelu, 729, 500)
    },
    Kind(name: "rotary positions and a final norm", corpus: "names") {
      ($0.shape.layers, $0.shape.positions, $0.shape.finalNorm) = (2, .rotary, true)
    },
    Kind(name: "rotary positions in wide heads", corpus: "names") {
      ($0.shape.embedding, $0.shape.heads, $0.shape.positions) = (72, 3, .rotary)
    },
    Kind(name: "sentences", corpus: "sentences", tokenizer: "word") { ($0.shape.layers, $0.shape.embedding) = (2, 32) },
    Kind(name: "an adaptive softmax", corpus: "sentences", tokenizer: "word") {
      ($0.shape.layers, $0.shape.embedding, $0.shape.finalNorm, $0.shape.cutoffs) = (2, 32, true, [50, 200])
    },
    Kind(name: "punctuation", corpus: "sentences-punctuated", tokenizer: "word"),
    Kind(name: "Thai", corpus: "thai") { ($0.shape.context, $0.shape.embedding) = (48, 24) },
    Kind(name: "bytes", corpus: "accents", settings: ["unit": "byte", "normalize": "nfkc"]) { $0.shape.context = 128 },
    Kind(name: "graphemes", corpus: "accents", settings: ["normalize": "none"]) { $0.shape.context = 96 },
    Kind(name: "scalars", corpus: "accents", settings: ["unit": "scalar"]) { $0.shape.context = 96 },
    Kind(name: "byte pairs", corpus: "dialogue", tokenizer: "bpe", settings: ["merges": "60"]) {
      $0.shape.context = 64
    },
  ]

  @Test(.enabled(if: Python.has("numpy"), "needs NumPy"), arguments: kinds)
  func `in NumPy`(kind: Kind) throws {
    let folder = try exported(kind)
    print(try compare("numpy", folder), "(\(kind.name))")
  }

  @Test(.enabled(if: Python.has("torch, safetensors"), "needs PyTorch"), arguments: kinds)
  func `in PyTorch`(kind: Kind) throws {
    let folder = try exported(kind)
    let before = try PyTorchFolder(folder.url.path).read()
    print(try compare("torch", folder), "(\(kind.name))")
    // The folder that model.py saved has new weights and the same tokenizer.
    let after = try PyTorchFolder(folder.url.path).read()
    #expect(after.weights != before.weights)
    #expect(after.tokenizer == before.tokenizer)
  }

  static let portableKinds = [
    ("names", "character", [:], 16), ("sentences-punctuated", "word", ["spaces": "attached"], 32),
    ("dialogue", "bpe", ["merges": "200"], 64),
  ].map { corpus, tokenizer, settings, context in
    Kind(name: "portable \(tokenizer)", corpus: corpus, tokenizer: tokenizer, settings: settings) {
      ($0.shape.layers, $0.shape.embedding, $0.shape.context) = (2, 48, context)
      ($0.shape.positions, $0.shape.finalNorm, $0.shape.activation) = (.rotary, true, .squaredRelu)
    }
  }

  @Test(.enabled(if: Python.has("torch, transformers"), "needs Transformers and PyTorch"), arguments: portableKinds)
  func `in Transformers`(kind: Kind) throws {
    let folder = try exported(kind)
    let model = try PyTorchFolder(folder.url.path).read()
    let tokenizer = try TokenizerRegistry.standard.restore(model.tokenizer)
    _ = try TransformersFolder(folder.path("transformers")).write(model, tokenizer, name: "model")
    print(try compare("transformers", folder), "(\(kind.name))")
  }

  /// Runs agreement.py and returns its output. A difference is a failure.
  private func compare(_ backend: String, _ folder: TemporaryFolder) throws -> String {
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "agreement.py")
    let (status, output) = try Python.run(script, [backend, folder.url.path])
    try #require(status == 0, "\(output)")
    return output
  }

  /// Exports a briefly trained model of that kind, together with the results of this engine.
  private func exported(_ kind: Kind) throws -> TemporaryFolder {
    let corpus = try Corpus(contentsOf: corpora.appending(path: "\(kind.corpus).txt").path)
    let tokenizer = try TokenizerRegistry.standard.train(
      kind.tokenizer, on: corpus.documents, settings: kind.settings)
    var recipe = Recipe.microgpt
    (recipe.steps, recipe.batch) = (200, 4)
    kind.change(&recipe)
    let trainer = try Trainer(recipe, tokenizer: tokenizer, corpus: corpus)
    try trainer.run()
    let folder = try TemporaryFolder()
    _ = try PyTorchFolder(folder.url.path).write(trainer.model.file, tokenizer)
    try writeExpectations(trainer.model, corpus, to: folder)
    return folder
  }

  private func writeExpectations(_ model: Model, _ corpus: Corpus, to folder: TemporaryFolder) throws {
    let configuration = model.configuration
    var texts: [String] = []
    var sequences: [[Int32]] = []
    for index in stride(from: 0, to: corpus.documents.count, by: 3) where texts.count < 50 {
      let text = try model.tokenizer.normalized(corpus.documents.text(index))
      let tokens = try model.tokenizer.encode(text)
      guard tokens.count < configuration.context else { continue }
      texts.append(text)
      sequences.append([configuration.boundary] + tokens + [configuration.boundary])
    }
    try #require(texts.count == 50)

    let engine = FastEngine(weights: model.file.weights)
    let logits = sequences.enumerated().map { index, sequence in
      var batch = Batch()
      batch.append(sequence, weight: 1)
      return Tensor(
        name: "text\(index)", shape: [sequence.count - 1, configuration.vocabulary], values: engine.logits(of: batch))
    }
    let file = try AtomicFile(replacing: folder.path("logits.safetensors"))
    try file.write(logits, metadata: [])
    try file.commit()

    var losses: [Float] = []
    let batches = (0..<5).map { step in sequences[8 * step..<8 * step + 8] }
    for (step, sequences) in batches.enumerated() {
      var batch = Batch()
      for sequence in sequences { batch.append(sequence, weight: 1 / 8) }
      losses.append(try engine.train(on: batch, Update(step: step + 1)).loss)
    }
    func json(_ sequence: [Int32]) -> JSON { .array(sequence.map { .integer($0) }) }
    let expected: JSON = [
      "texts": .array(texts.map(JSON.string)), "tokens": .array(sequences.map(json)), "learningRate": 0.01,
      "batches": .array(batches.map { .array($0.map(json)) }), "losses": .array(losses.map(JSON.real)),
    ]
    try folder.write("expected.json", expected.description)
  }

  private var corpora: URL { URL(filePath: #filePath).appending(path: "../../../corpora").standardized }
}
