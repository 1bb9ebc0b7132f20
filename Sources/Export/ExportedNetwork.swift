import StrictJSON
import Tokenization

/// The network that `model.py` implements.
package enum ExportedNetwork {
  /// Checks that the network supports every member of `configuration`; an unknown member may describe another network.
  package static func check(_ configuration: JSON) throws(ExportError) {
    do {
      try configuration.object?.refuseMembers(otherThan: [
        "layers", "embedding", "heads", "context", "vocabulary", "activation", "positions", "final-norm", "bigrams",
        "trigrams", "cutoffs",
      ])
    } catch {
      throw ExportError("the exported program cannot compute this model: in its configuration, \(error)")
    }
  }
}

/// A failure to export a model, or to read an exported one, as a sentence.
package struct ExportError: Error, Equatable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }

  /// A program has no tokenizer like this one.
  init(_ program: String, cannotSplitLike tokenizer: some Tokenizer) {
    self.init(
      "\(program) cannot split text as this model's \(tokenizer.description.name) tokenizer does. Train the model with "
        + "--tokenizer character or bpe, or by word with --spaces attached: without --keep, --min-count and "
        + "--max-vocabulary, in a script with spaces between words.")
  }
}
