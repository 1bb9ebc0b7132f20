import Files
import GPT
import StrictJSON
import Tokenization

/// A model as one file holds it: everything that sampling needs, and with `moments` everything that training needs to go on.
///
/// The file is a safetensors file that Python's package reads: the tensors by the names and shapes of `Configuration.tensors`, and
/// in `__metadata__` the strings `format_version`, `configuration`, `tokenizer` and `training`, the last three JSON. A checkpoint
/// has Adam's moments besides, as `adam.first.NAME` and `adam.second.NAME`, and where held-out documents chose a best model on
/// the way, that as `best.NAME`. The hashes of the documents that it was trained on are the tensor `training.document_hashes`.
package struct ModelFile: Sendable, Equatable {
  package var weights: Weights
  package var tokenizer: TokenizerDescription

  /// Where the model comes from and how it was trained; nothing in it changes what the model says.
  package var training: JSON.Object

  /// Adam's moments, which make the file a checkpoint.
  package var moments: Moments?

  /// In a checkpoint, the model that predicted held-out documents best so far.
  package var best: Weights?

  /// Which texts the model was trained on, so that those it makes can be told from those it remembers.
  package var documents: DocumentFingerprints?

  /// Strings that other programs left in `__metadata__`; they are kept.
  package var notes: JSON.Object

  package init(
    weights: Weights, tokenizer: TokenizerDescription, training: JSON.Object, moments: Moments? = nil,
    best: Weights? = nil, documents: DocumentFingerprints? = nil, notes: JSON.Object = JSON.Object()
  ) {
    self.weights = weights
    self.tokenizer = tokenizer
    self.training = training
    self.moments = moments
    self.best = best
    self.documents = documents
    self.notes = notes
  }

  package var configuration: Configuration { weights.configuration }

  /// The format that this version writes, and the newest that it reads.
  static let formatVersion = 2

  /// The longest token in bytes, so that a small file cannot make a few samples fill a disk.
  static let longestToken = 1 << 16

  /// The members of `__metadata__` that have a meaning here.
  enum Key: String, CaseIterable {
    case formatVersion = "format_version"
    case configuration
    case tokenizer
    case training
  }

  /// The tensor of the documents' hashes.
  static let documentsName = "training.document_hashes"

  /// The sets of numbers that a file may hold, by what stands before the names of their tensors.
  enum Part: String, CaseIterable {
    case weights = ""
    case first = "adam.first."
    case second = "adam.second."
    case best = "best."
  }
}

// MARK: Writing

extension ModelFile {
  /// Puts the model in the place of `path`, all of it or nothing. Numbers that are not finite are refused: they would replace a
  /// model that works by one that does not.
  package func write(to path: String, keepingPrevious: Bool = false) throws {
    try check(for: path)
    let file = try AtomicFile(replacing: path, keepingPrevious: keepingPrevious)
    try file.write(tensors, metadata: metadata)
    try file.commit()
  }

  /// Finds out before training whether such a model can be written to `path` when it is done: the name, the permissions, the room.
  package func checkWriting(to path: String) throws {
    try check(for: path)
    let head = try SafetensorsFile.head(of: path, tensors, metadata: metadata)
    let numbers = 4 * configuration.parameterCount * parts.count + 8 * (documents?.hashes.count ?? 0)
    try AtomicFile.check(path, byteCount: head.count + numbers)
  }

  private func check(for path: String) throws(ModelError) {
    do throws(ModelProblem) { try check() } catch {
      throw ModelError("\(path) is not written: \(error.sentence)")
    }
  }

  private var metadata: [(key: String, value: String)] {
    let own: [(Key, JSON)] = [
      (.formatVersion, .integer(Self.formatVersion)), (.configuration, configuration.json),
      (.tokenizer, tokenizer.json),
      (.training, .object(training)),
    ]
    return own.map { ($0.rawValue, $1.description) }
      + notes.members.compactMap { member in member.value.string.map { (member.key, $0) } }
  }

  /// The hashes first: eight bytes each, they lie at multiples of eight so.
  private var tensors: [Tensor] {
    let hashes = documents.map { Tensor(name: Self.documentsName, shape: [$0.hashes.count], integers: $0.hashes) }
    return [hashes].compactMap(\.self)
      + parts.flatMap { part, weights in
        zip(configuration.tensors, weights.tensors).map { tensor, values in
          Tensor(name: part.rawValue + tensor.name, shape: [tensor.rows, tensor.columns], values: values)
        }
      }
  }

  private var parts: [(Part, Weights)] {
    [(.weights, weights)] + (moments.map { [(.first, $0.first), (.second, $0.second)] } ?? [])
      + (best.map { [(.best, $0)] } ?? [])
  }

  /// What must hold of every model, written or read.
  func check() throws(ModelProblem) {
    guard tokenizer.vocabulary.count == configuration.vocabulary - 1 else {
      throw ModelProblem(
        "its tokenizer has \(tokenizer.vocabulary.count) tokens, and its configuration \(configuration.vocabulary - 1) "
          + "and the boundary.")
    }
    for id in 0..<TokenID(tokenizer.vocabulary.count) {
      let count = tokenizer.vocabulary[id].count
      guard count <= Self.longestToken else {
        throw ModelProblem("its token \(id) has \(count) bytes; a token has at most \(Self.longestToken).")
      }
    }
    for (part, weights) in parts {
      for (tensor, values) in zip(configuration.tensors, weights.tensors) {
        for (index, value) in values.enumerated() where !value.isFinite || (part == .second && value < 0) {
          throw ModelProblem(
            "\(part.rawValue)\(tensor.name) is \(value) at [\(index / tensor.columns), \(index % tensor.columns)].")
        }
      }
    }
  }
}
