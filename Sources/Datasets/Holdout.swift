/// The choice of the documents that are held out of training to score the model on.
public enum Holdout: Sendable, Equatable {
  /// No documents.
  case none
  /// A tenth of the documents, at most 1,000, and none of fewer than 100: a score on a few says little, and each is
  /// wanted for training.
  case automatic
  /// A fraction of the documents, from 0 to 1.
  case fraction(Double)
  /// That many documents.
  case count(Int)
  /// Other documents, which the caller provides.
  case separate
}

extension Holdout {
  /// Returns the number of documents to hold out of `count`, at least one of which is left for training.
  func count(of count: Int) -> Int {
    let wanted =
      switch self {
      case .none, .separate: 0
      case .automatic: count < 100 ? 0 : min(count / 10, 1000)
      case .fraction(let part): Int(Double(count) * min(max(part, 0), 1))
      case .count(let wanted): max(0, wanted)
      }
    return min(wanted, count - 1)
  }
}
