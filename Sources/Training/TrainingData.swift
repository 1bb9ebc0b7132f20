import Architecture
import Tokenization

/// What a run learns from and what it is scored on.
public struct TrainingData: Sendable {
  public let training: Sequences
  /// The held-out documents, in windows that cover all of their text; `nil` when there are none.
  public let heldOut: Sequences?

  /// The part of `corpus` that `split` leaves to learn from, and the documents it holds out.
  public init(_ corpus: EncodedCorpus, _ split: Split, _ recipe: Recipe) {
    self.init(corpus, split.training, heldOut: corpus, split.heldOut, recipe)
  }

  /// All of `corpus`, and the documents of another one to be scored on.
  public init(_ corpus: EncodedCorpus, heldOut: EncodedCorpus, _ recipe: Recipe) {
    self.init(corpus, corpus.allDocuments, heldOut: heldOut, heldOut.allDocuments, recipe)
  }

  private init(
    _ corpus: EncodedCorpus, _ training: [Int32], heldOut other: EncodedCorpus, _ heldOut: [Int32], _ recipe: Recipe
  ) {
    self.training = Sequences(training, of: corpus, context: recipe.context, longDocuments: recipe.longDocuments)
    self.heldOut =
      heldOut.isEmpty ? nil : Sequences(heldOut, of: other, context: recipe.context, longDocuments: .windows)
  }
}

extension EncodedCorpus {
  fileprivate var allDocuments: [Int32] { Array(0..<Int32(documentCount)) }
}
