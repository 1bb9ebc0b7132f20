import Files
import GPT
import NGrams
import StrictJSON
import Tokenization

/// The contents of a model file: everything that sampling needs and, with `moments`, everything that resuming training
/// needs.
///
/// The file is a safetensors file that Python's package reads. Its tensors have the names and shapes of
/// `Configuration.tensors`; weights of 16 bits are read too, and written where a page asks for them. Its `__metadata__`
/// has the strings `format_version`, `configuration`, `tokenizer` and `training`; the last three are JSON. A checkpoint
/// also has Adam's moments, as `adam.first.NAME` and `adam.second.NAME`, and the model with the lowest held-out loss so
/// far, if there is one, as `best.NAME`. The hashes of the training documents are the tensor
/// `training.document_hashes`. A model with an n-gram memory has four tensors `memory.…` (see `MemoryTensors`) and the
/// metadata `memory`.
package struct ModelFile: Sendable, Equatable {
  package var weights: Weights
  package var tokenizer: TokenizerDescription

  /// The recipe, the corpus and the result of training. It does not change what the model predicts.
  package var training: JSON.Object

  /// Adam's moments. A file that has them is a checkpoint.
  package var moments: Moments?

  /// In a checkpoint, the model with the lowest held-out loss so far.
  package var best: Weights?

  /// The hashes of the training documents, which tell new texts from memorized ones.
  package var documents: DocumentFingerprints?

  /// The n-gram memory, whose probabilities are mixed into the network's.
  package var memory: MixedMemory?

  /// Strings that other programs added to `__metadata__`. They are kept.
  package var notes: JSON.Object

  package init(
    weights: Weights, tokenizer: TokenizerDescription, training: JSON.Object, moments: Moments? = nil,
    best: Weights? = nil, documents: DocumentFingerprints? = nil, memory: MixedMemory? = nil,
    notes: JSON.Object = JSON.Object()
  ) {
    self.weights = weights
    self.tokenizer = tokenizer
    self.training = training
    self.moments = moments
    self.best = best
    self.documents = documents
    self.memory = memory
    self.notes = notes
  }

  package var configuration: Configuration { weights.configuration }

  /// The model with the first of its networks alone.
  package var withOneNetwork: ModelFile {
    var model = self
    model.weights = weights.members[0]
    (model.moments, model.best) = (nil, nil)
    return model
  }

  /// The line break that generated texts follow, where the training documents were so long that the model saw many
  /// lines begin and few documents.
  package var lineBreakBeforeTexts: TokenID? {
    guard training["result"]?.object?["begins_at_lines"]?.bool == true else { return nil }
    return tokenizer.vocabulary.id(of: [UInt8(ascii: "\n")].span)
  }

  /// The format version that is written, and the only one that is read.
  static let formatVersion = 2

  /// The length limit of a token in bytes. Without it, a few samples of a small file could fill a disk.
  static let longestToken = 1 << 16

  /// The members of `__metadata__` that are not notes.
  enum Key: String, CaseIterable {
    case formatVersion = "format_version"
    case configuration
    case tokenizer
    case training
    case memory
  }

  /// The name of the tensor of document hashes.
  static let documentsName = "training.document_hashes"

  /// The sets of weights that a file may have, by the prefix of their tensors' names.
  enum Part: String, CaseIterable {
    case weights = ""
    case first = "adam.first."
    case second = "adam.second."
    case best = "best."
  }
}

// MARK: Writing

extension ModelFile {
  /// Throws unless the model is consistent and its weights are finite.
  package func check(for path: String) throws(ModelError) {
    do throws(ModelProblem) { try check() } catch {
      throw ModelError("\(path) is not written: \(error.sentence)")
    }
  }

  var metadata: [(key: String, value: String)] {
    let own: [(Key, JSON)] =
      [
        (.formatVersion, .integer(Self.formatVersion)), (.configuration, configuration.json),
        (.tokenizer, tokenizer.json),
        (.training, .object(training)),
      ] + (memory.map { [(.memory, $0.json)] } ?? [])
    return own.map { ($0.rawValue, $1.description) }
      + notes.members.compactMap { member in member.value.string.map { (member.key, $0) } }
  }

  var tensors: [Tensor] { tensors(.single) }

  /// The hashes come first, so that their eight bytes each are aligned.
  func tensors(_ precision: Precision) -> [Tensor] {
    let hashes = documents.map { Tensor(name: Self.documentsName, shape: [$0.hashes.count], integers: $0.hashes) }
    return [hashes].compactMap { $0 }
      + parts.flatMap { part, weights in
        zip(configuration.tensors, weights.tensors).map { tensor, values in
          Tensor(
            name: part.rawValue + tensor.name, shape: [tensor.rows, tensor.columns], values: values, precision)
        }
      }
      + (memory.map { MemoryTensors.tensors(of: $0.memory) } ?? [])
  }

  var parts: [(Part, Weights)] {
    [(.weights, weights)] + (moments.map { [(.first, $0.first), (.second, $0.second)] } ?? [])
      + (best.map { [(.best, $0)] } ?? [])
  }

  /// Throws unless the model is consistent and its weights are finite.
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
