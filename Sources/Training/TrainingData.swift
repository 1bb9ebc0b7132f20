import Datasets
import GPT
import ModelFiles
import StrictJSON
import Support
import Tokenization

/// The training documents and the held-out documents of a run.
package struct TrainingData: Sendable {
  package let training: Sequences
  /// The held-out documents, in windows that overlap by half; `nil` where there are none.
  package let heldOut: Sequences?
  package let identity: Identity
  package let tokenizer: AnyTokenizer
  /// The fingerprints of the corpus's documents, including those that are held out of it.
  package let documents: DocumentFingerprints

  /// True if the ends of long documents are held out, because there are too few documents.
  package let holdsOutEnds: Bool

  /// Splits `corpus` as the recipe says. Where there are too few documents to hold some out, the end of each long one
  /// is held out.
  package init(_ corpus: EncodedCorpus, _ recipe: Recipe) {
    let split = corpus.split(recipe.holdout, seed: recipe.seed)
    let ends = corpus.documentsWithEnds
    if split.heldOut.isEmpty, let share = recipe.holdout.endShare, !ends.isEmpty {
      self.init(corpus, split.training, heldOut: corpus, ends, endShare: share, recipe)
    } else {
      self.init(corpus, split.training, heldOut: corpus, split.heldOut, recipe)
    }
  }

  /// Trains on all of `corpus` and holds out all of another one.
  package init(_ corpus: EncodedCorpus, heldOut: EncodedCorpus, _ recipe: Recipe) {
    self.init(corpus, corpus.allDocuments, heldOut: heldOut, heldOut.allDocuments, recipe)
  }

  private init(
    _ corpus: EncodedCorpus, _ training: [Int32], heldOut other: EncodedCorpus, _ heldOut: [Int32],
    endShare: Double? = nil, _ recipe: Recipe
  ) {
    let context = recipe.shape.context
    self.training = Sequences(
      training, of: corpus, context: context, Windowing(recipe.longDocuments),
      endShare.map(DocumentPart.beginning) ?? .whole)
    self.heldOut =
      heldOut.isEmpty
      ? nil
      : Sequences(heldOut, of: other, context: context, .overlapping, endShare.map(DocumentPart.end) ?? .whole)
    holdsOutEnds = endShare != nil
    tokenizer = corpus.tokenizer
    documents = corpus.documents
    identity = Identity(
      documents: training.count, fingerprint: corpus.fingerprint, heldOutDocuments: heldOut.count,
      heldOutFingerprint: other.fingerprint)
  }

  /// The numbers and fingerprints of the documents, by which a checkpoint recognizes them.
  package struct Identity: Sendable, Equatable {
    package let documents: Int
    package let fingerprint: String
    package let heldOutDocuments: Int
    package let heldOutFingerprint: String
  }
}

extension EncodedCorpus {
  fileprivate var allDocuments: [Int32] { Array(0..<Int32(documentCount)) }
}

extension TrainingData.Identity {
  package var json: JSON.Object {
    var object = JSON.Object()
    object["documents"] = .integer(documents)
    object["fingerprint"] = .string(fingerprint)
    object["held_out_documents"] = .integer(heldOutDocuments)
    object["held_out_fingerprint"] = .string(heldOutFingerprint)
    return object
  }

  init(_ object: JSON.Object) throws(JSONError) {
    try object.refuseMembers(otherThan: ["documents", "fingerprint", "held_out_documents", "held_out_fingerprint"])
    documents = try object.integer("documents")
    fingerprint = try object.string("fingerprint")
    heldOutDocuments = try object.integer("held_out_documents")
    heldOutFingerprint = try object.string("held_out_fingerprint")
  }

  /// The differences of these documents (there) from `other` (here).
  func differences(from other: Self) -> [String] {
    func difference(_ what: String, _ counts: (Int, Int), _ fingerprints: (String, String)) -> String? {
      if counts.0 != counts.1 { return "\(what) has \(counts.0) documents there and \(counts.1) here" }
      guard fingerprints.0 != fingerprints.1 else { return nil }
      return "\(what) has other documents, or the same in another order"
    }
    return [
      difference("the training set", (documents, other.documents), (fingerprint, other.fingerprint)),
      difference(
        "the held-out set", (heldOutDocuments, other.heldOutDocuments), (heldOutFingerprint, other.heldOutFingerprint)),
    ].compactMap { $0 }
  }
}
