/// Which documents a model is scored on and does not learn from.
public enum Holdout: Sendable, Equatable {
  /// No documents.
  case none
  /// A tenth, but no more than a thousand.
  case automatic
  /// A part of all documents, between 0 and 1.
  case fraction(Double)
  /// That many documents.
  case count(Int)
  /// Other documents, which the caller brings.
  case separate
}

extension Holdout {
  /// How many of `count` documents to hold out; at least one is left to learn from.
  func count(of count: Int) -> Int {
    let wanted =
      switch self {
      case .none, .separate: 0
      case .automatic: min(count / 10, 1000)
      case .fraction(let part): Int(Double(count) * min(max(part, 0), 1))
      case .count(let wanted): max(0, wanted)
      }
    return min(wanted, count - 1)
  }
}
