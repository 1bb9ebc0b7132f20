/// Some token sequences to learn from or to score, packed end to end without padding.
///
/// Position `row` reads `inputs[row]` and is to predict `targets[row]`; its loss counts `weights[row]` times.
public struct Batch: Sendable, Equatable {
  public private(set) var inputs: [Int32] = []
  public private(set) var targets: [Int32] = []
  public private(set) var weights: [Float] = []
  /// Where each sequence ends in the arrays above.
  public private(set) var ends: [Int] = []

  public init() {}

  public var rows: Int { inputs.count }

  /// Forgets the sequences and keeps the memory.
  public mutating func removeAll() {
    inputs.removeAll(keepingCapacity: true)
    targets.removeAll(keepingCapacity: true)
    weights.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  /// Adds the sequence in which each of `tokens` but the last predicts the next, all positions weighing the same and `weight` together.
  public mutating func append(_ tokens: Span<Int32>, weight: Float) { appendWords(tokens, weight: weight) }

  /// The same for tokens below 65,536, packed.
  public mutating func append(_ tokens: Span<UInt16>, weight: Float) { appendWords(tokens, weight: weight) }

  /// The same for tokens below 256, packed.
  public mutating func append(_ tokens: Span<UInt8>, weight: Float) { appendWords(tokens, weight: weight) }

  public mutating func append(_ tokens: some Collection<Int32>, weight: Float) {
    append(Array(tokens).span, weight: weight)
  }

  private mutating func appendWords<Word: FixedWidthInteger>(_ tokens: Span<Word>, weight: Float) {
    let length = tokens.count - 1
    guard length > 0 else { return }
    let share = weight / Float(length)
    inputs.append(addingCapacity: length) { output in
      for index in 0..<length { output.append(Int32(truncatingIfNeeded: tokens[index])) }
    }
    targets.append(addingCapacity: length) { output in
      for index in 1...length { output.append(Int32(truncatingIfNeeded: tokens[index])) }
    }
    weights.append(addingCapacity: length) { output in
      for _ in 0..<length { output.append(share) }
    }
    ends.append(inputs.count)
  }
}
